import type { HttpClient } from '../../lib/http-client.ts'
import type { Log } from '../../lib/log.ts'
import type { Mailbox } from '../mailbox.ts'
import { type HttpSecurity, mailboxUrl } from '../mailbox-host.ts'
import type { ArrivalFolder, Folder } from '../message.ts'
import { receiveInPages } from '../receive-in-pages.ts'
import { batchSizes } from './batch-size.ts'
import { checks } from './checks.ts'
import { callerWith, type EwsCredential } from './credential.ts'
import { createEwsClient } from './ews-client.ts'
import { fetchMessages, findOurs } from './fetch-messages.ts'
import { findSent } from './find-sent.ts'
import { deletedItems, type FolderRef, inbox, junkEmail } from './ids.ts'
import { nextPage } from './next-page.ts'
import { opensMailbox } from './opens-mailbox.ts'
import { getFolder } from './operations/get-folder.ts'
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
  credential: EwsCredential
  /** The mailbox's own, with its extra CA; whoever opened it closes it. */
  http: HttpClient
  log: Log
}

/** As many calls at a time as Microsoft advises: `batch-size.ts` spends them. */
export const connectionsPerMailbox = 10

const wellKnownFolders: Record<Exclude<Folder, 'processed'>, FolderRef> = {
  inbox,
  junk: junkEmail,
  deleted: deletedItems,
}

/**
 * Opens a mailbox of Exchange Online or of an Exchange Server over Exchange Web Services. Nothing is called yet. Throws
 * `MailError` (`invalid`) when the host cannot be one.
 */
export function openEwsMailbox(settings: EwsSettings, parts: EwsParts): Mailbox {
  const url = mailboxUrl(settings, '/EWS/Exchange.asmx')
  const caller = callerWith(parts.credential)
  const clientOf = (address: string) => createEwsClient(url, address, { ...parts, caller })
  const client = clientOf(settings.address)
  const shared = {
    client,
    sizes: batchSizes(),
    maxMessageBytes: settings.maxMessageBytes,
    log: parts.log,
  }
  const folders: ArrivalFolder[] = settings.watchJunk ? ['inbox', 'junk'] : ['inbox']
  const folder = processedFolder(client, settings.processedFolder)

  async function refOf(name: Folder, signal: AbortSignal): Promise<FolderRef> {
    return name === 'processed' ? { id: await folder.id(signal) } : wellKnownFolders[name]
  }

  const newMail = newMailWait(client, settings.watchJunk ? [inbox, junkEmail] : [inbox], parts.log)

  return {
    receive: (request) =>
      receiveInPages(request, {
        folders,
        page: async (name, state, signal) => nextPage(await refOf(name, signal), state, request, shared),
        lookCloser: (items, areOurs, signal) =>
          findOurs(
            items.map(({ id }) => id),
            areOurs,
            shared,
            signal,
          ),
        fetch: (items, name, signal) => fetchMessages(items, () => name, shared, signal),
      }),
    async fetch({ providerIds, alsoIn = [], areOurs, signal }) {
      const found = await findOurs(providerIds, areOurs, shared, signal)
      const places = new Map<string, Folder>()
      // Mail counts as lying in Junk unless it lies in another folder: Junk is the one that is trusted least.
      for (const name of found.ours.length > 0 ? (['inbox', ...alsoIn] as const) : []) {
        places.set((await client.call(getFolder(await refOf(name, signal)), signal)).id, name)
      }
      const folderOf = (id: string) => places.get(id) ?? 'junk'
      const { messages, failed, stoppedBy } = await fetchMessages(found.ours, folderOf, shared, signal)
      // What was not tried would look as if it were gone.
      if (stoppedBy !== null) throw stoppedBy
      return { messages, failed: [...found.failed, ...failed] }
    },
    settle: (ids, mode, signal) => settle(ids, mode, { ...shared, folder }, signal),
    send: (messages, signal) => send(messages, shared, signal),
    findSent: (messageId, signal) => findSent(messageId, shared, signal),
    wait: (signal) => newMail.wait(signal),
    subscriptions: null,
    checks: () => checks({ ...parts, ...settings, url, client }),
    opensAnother: caller.impersonates ? (address, signal) => opensMailbox(clientOf(address), signal) : null,
    close: () => newMail.close(),
  }
}
