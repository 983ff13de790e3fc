import type { HttpClient } from '../../lib/http-client.ts'
import type { Log } from '../../lib/log.ts'
import type { TokenSource } from '../../oauth/token-source.ts'
import type { Mailbox } from '../mailbox.ts'
import { type HttpSecurity, mailboxUrl } from '../mailbox-host.ts'
import type { Folder } from '../message.ts'
import { receiveInPages } from '../receive-in-pages.ts'
import { batchSizes } from './batch-size.ts'
import { diagnose } from './diagnose.ts'
import { createEwsClient } from './ews-client.ts'
import { fetchMessages, findOurs } from './fetch-messages.ts'
import { findSent } from './find-sent.ts'
import { inbox, junkEmail } from './ids.ts'
import { nextPage } from './next-page.ts'
import { processedFolder } from './processed-folder.ts'
import { send } from './send.ts'
import { settle } from './settle.ts'
import { newMailWait } from './wait.ts'

export interface EwsSettings {
  /** `outlook.office365.com` or an own host; a port may follow. */
  host: string
  security: HttpSecurity
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

/** As many calls at a time as Microsoft advises: `batch-size.ts` spends them. */
export const connectionsPerMailbox = 10

/**
 * Opens a mailbox of Exchange Online over Exchange Web Services. Nothing is called yet. Throws `MailError` (`invalid`)
 * when the host cannot be one.
 */
export function openEwsMailbox(settings: EwsSettings, parts: EwsParts): Mailbox {
  const url = mailboxUrl(settings, '/EWS/Exchange.asmx')
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
    receive: (request) =>
      receiveInPages(request, {
        folders,
        page: (name, state) => nextPage(name, state, request, shared),
        lookCloser: (items, areOurs, signal) =>
          findOurs(
            items.map(({ id }) => id),
            areOurs,
            shared,
            signal,
          ),
        fetch: (items, name, signal) => fetchMessages(items, name, shared, signal),
      }),
    async fetch({ providerIds, areOurs, signal }) {
      const found = await findOurs(providerIds, areOurs, shared, signal)
      const { messages, failed, stoppedBy } = await fetchMessages(found.ours, null, shared, signal)
      // What was not tried would look as if it were gone.
      if (stoppedBy !== null) throw stoppedBy
      return { messages, failed: [...found.failed, ...failed] }
    },
    settle: (ids, mode, signal) => settle(ids, mode, { ...shared, folder }, signal),
    send: (messages, signal) => send(messages, shared, signal),
    findSent: (messageId, signal) => findSent(messageId, shared, signal),
    wait: (signal) => newMail.wait(signal),
    subscriptions: null,
    diagnose: (signal) =>
      diagnose({ ...parts, url, client, processedFolder: settings.processedFolder }, signal),
    close: () => newMail.close(),
  }
}
