import { after } from '../lib/clock.ts'
import type { MailboxRow } from './open-mailboxes.ts'

/** A mailbox in trouble for so long is down; shorter troubles mend themselves and are nobody's business. */
const DOWN_AFTER_MS = 5 * 60_000

/** Whether a mailbox is dead: paused by what waiting will not mend, detached, or not reached for five minutes. */
export function isDown({ state, trouble }: Pick<MailboxRow, 'state' | 'trouble'>, now: Date): boolean {
  if (state === 'disabled' || trouble === null) return false
  return (
    state === 'paused' || state === 'detached' || trouble.since <= after(now, -DOWN_AFTER_MS).toISOString()
  )
}
