import type { Log } from '../../lib/log.ts'
import { MailError } from '../errors.ts'
import type { FolderPage } from '../receive-in-pages.ts'
import type { GraphClient } from './graph-client.ts'
import { listOf, objectOf, textOf } from './json.ts'
import { type ListedMessage, listedProperties, readListedMessage } from './listed-message.ts'
import type { MailboxPaths } from './paths.ts'

/** With all headers a message is some 10 KB of an answer. */
const pageSize = 100

interface DeltaParts {
  client: GraphClient
  /** Of the mailbox. */
  address: string
  paths: MailboxPaths
  log: Log
}

/**
 * The next page of a folder, by its id or Graph's name for it. A link that is another mailbox's, or that Graph no longer takes, is given up, and the folder
 * read from its beginning: what is known is skipped by whoever asks.
 */
export async function nextPage(
  folder: string,
  state: string | null,
  parts: DeltaParts,
  signal: AbortSignal,
): Promise<FolderPage<ListedMessage>> {
  const link = readState(state, parts)
  try {
    return await deltaPage(folder, link, parts, signal)
  } catch (error) {
    const lost = error instanceof MailError && error.kind === 'protocol' && error.retry === 'now'
    if (!lost || link === null) throw error
    parts.log.warn({ folder, code: error.providerCode }, 'the delta link is no longer valid')
    return deltaPage(folder, null, parts, signal)
  }
}

/**
 * The next page of messages that came into a folder. A link is used as Graph gave it; null starts at the folder's
 * beginning. There is no filter by date: with one, Graph tracks 5,000 messages and no more.
 */
async function deltaPage(
  folder: string,
  link: string | null,
  { client, paths, address }: DeltaParts,
  signal: AbortSignal,
): Promise<FolderPage<ListedMessage>> {
  const first = `${paths.folder(folder)}/messages/delta?changeType=created&${listedProperties}`
  const request = {
    name: 'delta',
    method: 'GET' as const,
    url: link ?? first,
    prefer: `odata.maxpagesize=${pageSize}`,
  }
  const page = objectOf(await client.call(request, signal))
  const next = textOf(page['@odata.nextLink'])
  const found = next || textOf(page['@odata.deltaLink'])
  if (found === '') throw withoutLink()
  const items = listOf(page.value)
    .map(readListedMessage)
    .filter((message) => message !== null)
  return { items, state: `${address} ${found}`, last: next === '' }
}

/**
 * The link in a stored state; null when it is not of this mailbox. A link names its mailbox in Graph's own way (by an
 * object id, for instance), so that its text does not tell, and one that is followed reads whatever it names.
 */
function readState(state: string | null, { address }: DeltaParts): string | null {
  const own = `${address} `
  return state?.startsWith(own) ? state.slice(own.length) : null
}

/** Without one there is no way on; beginning again each time would never end. */
function withoutLink(): MailError {
  return new MailError('Graph gave a page of changes without a link to go on from', {
    kind: 'protocol',
    retry: 'later',
    providerCode: 'no-delta-link',
  })
}
