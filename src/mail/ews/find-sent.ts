import type { Log } from '../../lib/log.ts'
import { MailError } from '../errors.ts'
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
  { client, log }: { client: EwsClient; log: Log },
  signal: AbortSignal,
): Promise<SentSearch> {
  try {
    const outcomes = await client.call(findItem(messageId, folders), signal)
    if (outcomes.some(({ value }) => value?.found)) return 'found'
    return outcomes.every(({ error }) => error === null) ? 'absent' : 'cannot-tell'
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    // The Message-ID holds the reply token, which must not be in a log.
    log.warn({ err: error }, 'the mailbox cannot be asked whether a message was sent')
    return 'cannot-tell'
  }
}
