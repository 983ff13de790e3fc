import type { SentSearch } from '../mailbox.ts'
import type { GraphClient } from './graph-client.ts'
import { listOf, objectOf, textOf } from './json.ts'
import { type MailboxPaths, odataString } from './paths.ts'
import { withdraw } from './withdraw.ts'

/**
 * Looks for a message of ours in all folders by its Message-ID. One that is still a draft was not sent: it is deleted, so
 * that it cannot go out beside the next attempt, and only then is the message absent. A copy of what was sent moments ago
 * may not be visible yet, so the caller asks again after a grace before it sends a second time.
 */
export async function findSent(
  messageId: string,
  { client, paths }: { client: GraphClient; paths: MailboxPaths },
  signal: AbortSignal,
): Promise<SentSearch> {
  const url = `${paths.messages}?$select=id,isDraft&$filter=internetMessageId%20eq%20${odataString(messageId)}`
  const found = listOf(objectOf(await client.call({ name: 'find sent', method: 'GET', url }, signal)).value)
  if (found.some(({ isDraft }) => isDraft !== true)) return 'found'
  const drafts = found.map(({ id }) => textOf(id))
  return (await withdraw(drafts, { client, paths }, signal)) ? 'absent' : 'cannot-tell'
}
