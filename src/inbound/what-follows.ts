import type { AskedBackReason } from '../store/schema.ts'
import type { AskedPerson } from './find-asked.ts'
import type { Understood } from './understood.ts'

/** What follows from a message, by the name of what does it. */
export type Consequence =
  | { to: 'leave'; outcome: 'automatic' | 'rejected' }
  | { to: 'note-bounce' }
  | { to: 'note-automatic' | 'tell-late' | 'hold' | 'record-comment'; asked: AskedPerson }
  | { to: 'decide'; asked: AskedPerson; answer: { result: string; comment: string } }
  | { to: 'ask-back'; asked: AskedPerson; reason: AskedBackReason }

/** The table of DESIGN section 6: from a reading and a verdict to what is done. Pure. */
export function whatFollows(understood: Understood): Consequence {
  const { reading, verdict } = understood
  const { asked, token } = understood.asked
  if (isOwnMail(understood)) return { to: 'leave', outcome: 'automatic' }
  if (reading.kind === 'bounce') return { to: 'note-bounce' }
  if (verdict.verdict === 'rejected' || asked === null) return { to: 'leave', outcome: 'rejected' }
  if (reading.kind === 'automatic') return { to: 'note-automatic', asked }
  if (token === 'expired') return { to: 'tell-late', asked }
  if (verdict.verdict === 'held') return { to: 'hold', asked }

  switch (reading.kind) {
    case 'answers': {
      const result = reading.answers.Q1
      if (reading.confirm !== null) return { to: 'ask-back', asked, reason: reading.confirm }
      if (result === undefined) return { to: 'ask-back', asked, reason: 'not-an-answer' }
      return { to: 'decide', asked, answer: { result, comment: reading.comment } }
    }
    case 'comment':
      return { to: 'record-comment', asked }
    case 'instruction':
      return { to: 'ask-back', asked, reason: 'help' }
    case 'unclear':
      return { to: 'ask-back', asked, reason: reading.reason ?? 'not-an-answer' }
    case 'empty':
      return { to: 'ask-back', asked, reason: reading.reason ?? 'empty' }
  }
}

/** Our own mail come back (a forwarding rule, a shared address): nothing follows from it (promise 8). */
function isOwnMail({ message }: Understood): boolean {
  return message.headers.some(({ name }) => name === 'x-countersign-message')
}
