import type { HttpClient } from '../../lib/http-client.ts'
import { isLoopback } from '../../lib/is-loopback.ts'
import type { Log } from '../../lib/log.ts'
import type { TokenSource } from '../../oauth/token-source.ts'
import { MailError } from '../errors.ts'
import type { Mailbox } from '../mailbox.ts'
import type { Folder } from '../message.ts'
import { batchSizes } from './batch-size.ts'
import { diagnose } from './diagnose.ts'
import { createEwsClient } from './ews-client.ts'
import { fetchMessages, findOurs } from './fetch-messages.ts'
import { findSent } from './find-sent.ts'
import { inbox, junkEmail } from './ids.ts'
import { processedFolder } from './processed-folder.ts'
import { receive } from './receive.ts'
import { send } from './send.ts'
import { settle } from './settle.ts'
import { newMailWait } from './wait.ts'

export interface EwsSettings {
  /** `outlook.office365.com` or an own host; a port may follow. */
  host: string
  /** `none` is plain HTTP, on loopback only. */
  security: 'ssl' | 'none'
  /** SMTP address of the mailbox. */
  address: string
  /** Name of the folder under Inbox into which settled messages are moved. */
  processedFolder: string
  watchJunk: boolean
  /** A larger message, as the store counts it, is not fetched. */
  maxMessageBytes: number
}

export interface EwsParts {
  tokens: TokenSource
  /** The mailbox's own, with its extra CA; whoever opened it closes it. */
  http: HttpClient
  log: Log
}

/**
 * Opens a mailbox of Exchange Online over Exchange Web Services. Nothing is called yet. Throws `MailError` (`invalid`)
 * when the host cannot be one.
 */
export function openEwsMailbox(settings: EwsSettings, parts: EwsParts): Mailbox {
  const url = ewsUrl(settings)
  const client = createEwsClient(url, settings.address, parts)
  const shared = {
    client,
    sizes: batchSizes(),
    maxMessageBytes: settings.maxMessageBytes,
    log: parts.log,
  }
  const folders: Folder[] = settings.watchJunk ? ['inbox', 'junk'] : ['inbox']
  const folder = processedFolder(client, settings.processedFolder)
  const newMail = newMailWait(client, settings.watchJunk ? [inbox, junkEmail] : [inbox], parts.log)

  return {
    receive: (request) => receive(request, folders, shared),
    async fetch({ providerIds, areOurs, signal }) {
      const found = await findOurs(providerIds, areOurs, shared, signal)
      const { messages, failed } = await fetchMessages(found.ours, null, shared, signal)
      return { messages, failed: [...found.failed, ...failed] }
    },
    settle: (ids, mode, signal) => settle(ids, mode, { ...shared, folder }, signal),
    send: (messages, signal) => send(messages, shared, signal),
    findSent: (messageId, signal) => findSent(messageId, shared, signal),
    wait: (signal) => newMail.wait(signal),
    diagnose: (signal) =>
      diagnose({ ...parts, url, client, processedFolder: settings.processedFolder }, signal),
    close: () => newMail.close(),
  }
}

function ewsUrl({ host, security }: EwsSettings): string {
  const url = URL.parse(`${security === 'ssl' ? 'https' : 'http'}://${host}/EWS/Exchange.asmx`)
  if (url === null || !/^[^/\\?#@\s]+$/.test(host)) throw refused(host, 'mailbox.wrong-host')
  if (security === 'none' && !isLoopback(url.hostname)) throw refused(host, 'network.plain-http')
  return url.href
}

function refused(host: string, messageKey: string): MailError {
  return new MailError(`The mailbox address cannot be used: ${host}`, {
    kind: 'invalid',
    retry: 'pause-mailbox',
    providerCode: messageKey,
    messageKey,
    messageValues: { host },
  })
}
