import type { Step } from '../approvals/model/process.ts'
import type { InvalidReason, ReplyReading } from '../replies/reading.ts'
import type { AskedBackReason } from '../store/schema.ts'
import type { AskedPerson } from './find-asked.ts'
import { openIn } from './said.ts'
import type { Understood } from './understood.ts'

/** What follows from a message, by the name of what does it. */
export type Consequence =
  | { to: 'leave'; outcome: 'automatic' | 'rejected' }
  | { to: 'note-bounce' | 'note-delay' }
  | { to: 'note-automatic' | 'tell-late' | 'hold' | 'record-comment'; asked: AskedPerson }
  | { to: 'tell-status' | 'delegate'; asked: AskedPerson }
  /** `decide` with an answer that nothing in it keeps from deciding, `complete` with one that corrects or adds. */
  | { to: 'decide' | 'complete'; asked: AskedPerson }
  | { to: 'ask-back'; asked: AskedPerson; reason: AskedBackReason }

/** The table of DESIGN section 6: from a reading and a verdict to what is done. Pure. */
export function whatFollows(understood: Understood): Consequence {
  const { reading, verdict } = understood
  const { asked, token } = understood.asked
  if (isOwnMail(understood)) return { to: 'leave', outcome: 'automatic' }
  if (reading.kind === 'bounce') return { to: 'note-bounce' }
  if (isDelay(understood)) return { to: 'note-delay' }
  if (verdict.verdict === 'rejected' || asked === null) return { to: 'leave', outcome: 'rejected' }
  if (reading.kind === 'automatic') return { to: 'note-automatic', asked }
  if (token === 'expired')
    return { to: mayAskForStatus(understood, asked) ? 'tell-status' : 'tell-late', asked }
  if (verdict.verdict === 'held') return { to: 'hold', asked }

  return { ...whatIsMeant({ ...reading, kind: reading.kind }, asked.loaded.step), asked }
}

/** What a person wants with a reply, as far as nothing keeps it from being trusted. */
export type Meant =
  | { to: 'decide' | 'complete' | 'record-comment' | 'tell-status' | 'delegate' }
  | { to: 'ask-back'; reason: AskedBackReason }

/** What a person's reply to this step brings about when it is theirs beyond doubt. Pure. */
export function whatIsMeant(reading: PersonsReading, step: Step): Meant {
  switch (reading.kind) {
    case 'answers':
      if (reading.confirm !== null && !isSlipOfSeveral(reading, step))
        return { to: 'ask-back', reason: reading.confirm }
      return { to: openIn(reading).length > 0 ? 'complete' : 'decide' }
    case 'comment':
      return { to: 'record-comment' }
    case 'instruction':
      return instructed(reading)
    case 'unclear':
      if (isSlip(reading)) return { to: 'complete' }
      return { to: 'ask-back', reason: reading.reason ?? 'not-an-answer' }
    case 'empty':
      return { to: 'ask-back', reason: reading.reason ?? 'empty' }
  }
}

/** A reading of what no program wrote. */
type PersonsReading = ReplyReading & { kind: Exclude<ReplyReading['kind'], 'automatic' | 'bounce'> }

function instructed({ instruction }: ReplyReading): Meant {
  switch (instruction?.name) {
    case 'STATUS':
      return { to: 'tell-status' }
    case 'DELEGATE':
      return { to: 'delegate' }
    default:
      return { to: 'ask-back', reason: 'help' }
  }
}

/** Of an action that is closed: whose assignment stood then may see the request still, and no one before them. */
function mayAskForStatus({ reading, verdict }: Understood, { loaded, person }: AskedPerson): boolean {
  const isTheirs = loaded.assignees.some(({ personId }) => personId === person.id)
  return isTheirs && verdict.verdict === 'accepted' && reading.instruction?.name === 'STATUS'
}

/** Of several answers, only the one that is a letter away is asked for again. */
function isSlipOfSeveral({ confirm }: ReplyReading, { furtherQuestions }: Step): boolean {
  return confirm === 'typo' && furtherQuestions.length > 0
}

/** What is wrong with the value alone, and casts no doubt on what its writer wants. */
const slips: readonly InvalidReason[] = [
  'not-an-answer',
  'typo',
  'ambiguous',
  'wrong-currency',
  'too-precise',
  'out-of-range',
  'impossible-date',
  'relative-date',
  'too-long',
]

/** Whether a reply answers some of several questions, if only in ways that cannot be taken: `Q2: [1,250]`. */
function isSlip({ invalid, problems }: ReplyReading): boolean {
  const reasons = invalid.map((id) => problems[id]?.reason)
  return invalid.length > 0 && reasons.every((reason) => reason !== undefined && slips.includes(reason))
}

/** A report that a mail is late names it inside, and comes from nobody whom we asked. */
function isDelay({ reading, message }: Understood): boolean {
  return reading.automatic?.subtype === 'delivery-notice' && message.deliveryReport?.action === 'delayed'
}

/** Our own mail come back (a forwarding rule, a shared address): nothing follows from it (promise 8). */
function isOwnMail({ message }: Understood): boolean {
  return message.headers.some(({ name }) => name === 'x-countersign-message')
}
