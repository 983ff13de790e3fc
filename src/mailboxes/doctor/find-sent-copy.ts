import { setTimeout as sleep } from 'node:timers/promises'
import { ok, warning } from '../../mail/finding.ts'
import type { Finding, Mailbox } from '../../mail/mailbox.ts'
import type { SentMails } from './send-test-mails.ts'

/** Between two looks, in milliseconds. */
const pauseMs = 1_000

/**
 * Whether the mailbox shows what it has sent, within `forMs`. Promise 4 rests on it: after a sending of unknown outcome the
 * mailbox is asked before anything goes out again.
 */
export async function findSentCopy(
  mailbox: Mailbox,
  { plain, outcomes }: SentMails,
  forMs: number,
  signal: AbortSignal,
): Promise<Finding> {
  const messageId = outcomes[0]?.messageId ?? plain.sendable.messageId
  const end = performance.now() + forMs
  for (;;) {
    const found = await mailbox.findSent(messageId, signal)
    if (found === 'found') return ok(messageId)
    if (signal.aborted || performance.now() >= end) {
      return warning(messageId, { key: `doctor:sent-copy.${found}`, values: {} })
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
}
