import type { HttpClient } from '../../lib/http-client.ts'
import type { Log } from '../../lib/log.ts'
import type { TokenSource } from '../../oauth/token-source.ts'
import type { Mailbox } from '../mailbox.ts'
import { type HttpSecurity, mailboxUrl } from '../mailbox-host.ts'
import type { ArrivalFolder, Folder, RawMessage } from '../message.ts'
import { receiveInPages } from '../receive-in-pages.ts'
import { checks } from './checks.ts'
import { nextPage } from './delta.ts'
import { fetchMessages, findOurs } from './fetch-messages.ts'
import { findSent } from './find-sent.ts'
import { createGraphClient } from './graph-client.ts'
import { objectOf, textOf } from './json.ts'
import { noPush } from './no-push.ts'
import { opensMailbox } from './opens-mailbox.ts'
import { mailboxPaths, wellKnownFolders } from './paths.ts'
import { processedFolder } from './processed-folder.ts'
import { send } from './send.ts'
import { settle } from './settle.ts'
import { graphSubscriptions } from './subscriptions.ts'

export interface GraphSettings {
  /** `graph.microsoft.com` or that of a national cloud; a port may follow. */
  host: string
  security: HttpSecurity
  /** SMTP address, user principal name or object id of the mailbox. */
  address: string
  /** Name of the folder under Inbox into which settled messages are moved. */
  processedFolder: string
  watchJunk: boolean
  /** A larger message, as the store counts it, is not fetched. */
  maxMessageBytes: number
}

export interface GraphParts {
  tokens: TokenSource
  /** The mailbox's own, with `connectionsPerMailbox` connections; whoever opened it closes it. */
  http: HttpClient
  log: Log
}

/** Graph works on four requests to a mailbox at a time; a batch makes two of them (`batch.ts`). */
export const connectionsPerMailbox = 2

/**
 * Opens a mailbox of Exchange Online over Microsoft Graph. Nothing is called yet. Throws `MailError` (`invalid`) when the
 * host cannot be one.
 */
export function openGraphMailbox(settings: GraphSettings, parts: GraphParts): Mailbox {
  const base = mailboxUrl(settings, '/v1.0')
  const client = createGraphClient(base, settings.address, parts)
  const paths = mailboxPaths(settings.address)
  const { maxMessageBytes } = settings
  const own = { client, address: settings.address, paths, maxMessageBytes, log: parts.log }
  const folder = processedFolder(client, paths, settings.processedFolder)
  const folders: ArrivalFolder[] = settings.watchJunk ? ['inbox', 'junk'] : ['inbox']

  async function nameOf(name: Folder, signal: AbortSignal): Promise<string> {
    return name === 'processed' ? await folder.id(signal) : wellKnownFolders[name]
  }

  async function folderId(name: Folder, signal: AbortSignal): Promise<string> {
    const url = `${paths.folder(await nameOf(name, signal))}?$select=id`
    return textOf(objectOf(await client.call({ name: 'get folder', method: 'GET', url }, signal)).id)
  }

  return {
    receive: (request) =>
      receiveInPages(request, {
        folders,
        page: async (name, state, signal) => nextPage(await nameOf(name, signal), state, own, signal),
        async lookCloser(items, areOurs, signal) {
          // Only where the page brought no headers; otherwise it has shown all there is.
          const unseen = items.filter(({ transportHeaders }) => transportHeaders === null)
          return findOurs(
            unseen.map(({ id }) => id),
            areOurs,
            own,
            signal,
          )
        },
        fetch: (items, name, signal) => fetchMessages(items, name, own, signal),
      }),
    async fetch({ providerIds, alsoIn = [], areOurs, signal }) {
      const found = await findOurs(providerIds, areOurs, own, signal)
      const contents = { messages: [] as RawMessage[], failed: found.failed }
      for (const name of found.ours.length > 0 ? [...folders, ...alsoIn] : []) {
        // An immutable id finds a message wherever somebody has put it; what left the folders that are watched is gone.
        const id = await folderId(name, signal)
        const here = found.ours.filter((message) => message.folderId === id)
        const { messages, failed, stoppedBy } = await fetchMessages(here, name, own, signal)
        // What was not tried would look as if it were gone.
        if (stoppedBy !== null) throw stoppedBy
        contents.messages.push(...messages)
        contents.failed.push(...failed)
      }
      return contents
    },
    settle: (ids, mode, signal) => settle(ids, mode, { client, paths, folder }, signal),
    send: (messages, signal) => send(messages, own, signal),
    findSent: (messageId, signal) => findSent(messageId, own, signal),
    wait: async () => {
      throw noPush()
    },
    subscriptions: graphSubscriptions(client, paths.newMail),
    checks: () => checks({ ...parts, ...settings, base, client, paths, folder }),
    opensAnother: (address, signal) => opensMailbox(createGraphClient(base, address, parts), address, signal),
    close: () => Promise.resolve(),
  }
}
