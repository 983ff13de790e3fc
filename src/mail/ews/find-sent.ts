import type { SentSearch } from '../mailbox.ts'
import type { EwsClient } from './ews-client.ts'
import type { FolderRef } from './ids.ts'
import { findItem } from './operations/find-item.ts'

/** Where a message that was sent may lie: over the rate limit it waits in Outbox or Drafts. */
const folders: FolderRef[] = [{ wellKnown: 'sentitems' }, { wellKnown: 'outbox' }, { wellKnown: 'drafts' }]

/**
 * Looks for a message of ours by its Message-ID. `absent` means not there now: a message sent moments ago may not be
 * visible yet, so the caller asks again after a grace before it sends a second time.
 */
export async function findSent(
  messageId: string,
  { client }: { client: EwsClient },
  signal: AbortSignal,
): Promise<SentSearch> {
  const outcomes = await client.call(findItem(messageId, folders), signal)
  if (outcomes.some(({ value }) => value?.found)) return 'found'
  return outcomes.every(({ error }) => error === null) ? 'absent' : 'cannot-tell'
}
