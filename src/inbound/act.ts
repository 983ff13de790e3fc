import { lockRequest } from '../approvals/load-action.ts'
import { reached } from '../lib/milestones.ts'
import type { Context } from '../store/context.ts'
import { askBack } from './ask-back.ts'
import { claimMessage } from './claim-message.ts'
import { delegate } from './delegate.ts'
import { findAsked } from './find-asked.ts'
import { hold } from './hold.ts'
import { holdFlood } from './hold-flood.ts'
import { markProcessed } from './mark-processed.ts'
import { noteAutomatic } from './note-automatic.ts'
import { noteBounce } from './note-bounce.ts'
import { noteDelay } from './note-delay.ts'
import { recordAnswer } from './record-answer.ts'
import { recordComment } from './record-comment.ts'
import { tellLate } from './tell-late.ts'
import { tellStatus } from './tell-status.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'
import { whatFollows } from './what-follows.ts'

/**
 * Does what follows from a reading and a verdict, together with marking the message processed, in one transaction: it is
 * acted on once, or not at all.
 */
export async function act(context: Context, understood: Understood): Promise<void> {
  const { row } = understood
  const outcome = await context.db.transaction().execute(async (tx) => {
    const claim = await claimMessage(tx, row)
    if (claim === 'gone') return null
    const duplicateOf = claim.earlierCopy
    const acted: Acted = duplicateOf
      ? { outcome: 'duplicate', ...filedUnder(understood) }
      : await actOn({ tx, context }, understood)
    await markProcessed(tx, { understood, acted, duplicateOf, at: context.clock() })
    return acted.outcome
  })
  if (outcome === null) return
  reached('reply-acted-on', { inboundMessageId: row.id, outcome, receivedAt: row.receivedAt })
}

/**
 * As it is now, when the message was read before an answer that has come by another door, or just before it: that one is
 * late, too. Under the lock of whoever decides. An answer needs no second look, for `recordDecision` has one.
 */
async function asOfNow({ tx, context }: ActParts, understood: Understood): Promise<Understood> {
  const { row, message, asked } = understood
  if (asked.asked === null || whatFollows(understood).to === 'decide') return understood
  await lockRequest(tx, asked.asked.loaded.request.id)
  const { mailboxId } = row
  const now = await findAsked(tx, context.keys, { mailboxId, message, now: context.clock() })
  return { ...understood, asked: now }
}

async function actOn(parts: ActParts, read: Understood): Promise<Acted> {
  const understood = await asOfNow(parts, read)
  const next = whatFollows(understood)
  if ('asked' in next && next.to !== 'decide' && next.to !== 'complete') {
    const held = await holdFlood(parts, understood, next.asked)
    if (held !== null) return held
  }
  switch (next.to) {
    case 'leave':
      return { outcome: next.outcome, ...filedUnder(understood) }
    case 'note-bounce':
      return noteBounce(parts, understood)
    case 'note-delay':
      return noteDelay(parts, understood)
    case 'note-automatic':
      return noteAutomatic(parts, understood, next.asked)
    case 'tell-late':
      return tellLate(parts, understood, next.asked)
    case 'hold':
      return hold(parts, understood, next.asked)
    case 'decide':
    case 'complete':
      return recordAnswer(parts, understood, next.asked)
    case 'delegate':
      return delegate(parts, understood, next.asked)
    case 'tell-status':
      return tellStatus(parts, understood, next.asked)
    case 'record-comment':
      return recordComment(parts, understood, next.asked)
    case 'ask-back':
      return askBack(parts, understood, next.asked, next.reason)
  }
}
