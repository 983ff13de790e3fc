import type { Translate } from '../../lib/translate.ts'
import type { AutomaticSubtype, InvalidReason, ReadingKind } from '../../replies/reading.ts'

/** What a reading says, as a server of any version may put it. */
export interface Said {
  kind: ReadingKind
  answers: Record<string, string>
  confirm: string | null
  reason: string | null
  instruction: { name: string; to?: unknown; until?: unknown } | null
  automatic: { subtype: string } | null
}

/** Why a reading is unclear, or an answer is not taken, in a few words. What a server of another version says is shown as it is. */
export function describeReason(reason: string, text: Translate): string {
  return Object.hasOwn(reasons, reason) ? text(`readings:reasons.${reason}`) : reason
}

/** What is read in a message, in a few words; null for one that cannot be read. */
export function describeSaying(said: Said | null, text: Translate): string {
  const says = (what: string, values: Record<string, string> = {}) => text(`readings:says.${what}`, values)
  if (said === null) return says('unreadable')
  const { kind, confirm, reason, instruction, automatic } = said
  const because = reason === null ? null : describeReason(reason, text)
  switch (kind) {
    case 'answers': {
      const answers = describeAnswers(said.answers)
      return confirm === null ? answers : says('confirm', { answers, reason: describeReason(confirm, text) })
    }
    case 'instruction':
      return says('instruction', { name: instructionText(instruction) })
    case 'automatic': {
      const subtype = automatic?.subtype ?? ''
      const known = Object.hasOwn(subtypes, subtype) ? text(`readings:automatic.${subtype}`) : subtype
      return says('automatic', { subtype: known })
    }
    default:
      return because === null ? says(kind) : says('because', { kind: says(kind), reason: because })
  }
}

/** `DELEGATE Nadia Roy 2026-12-05`: the instruction, and whatever it names. */
function instructionText(instruction: Said['instruction']): string {
  return [instruction?.name, instruction?.to, instruction?.until]
    .filter((part) => typeof part === 'string')
    .join(' ')
}

/** `YES`, or of several questions `Q1=YES Q2=1250.00`. */
function describeAnswers(answers: Record<string, string>): string {
  const given = Object.entries(answers)
  const [only, ...others] = given
  if (only?.[0] === 'Q1' && others.length === 0) return only[1]
  return given.map(([question, result]) => `${question}=${result}`).join(' ')
}

const reasons: Record<InvalidReason, true> = {
  negated: true,
  conditional: true,
  question: true,
  contradictory: true,
  future: true,
  'not-an-answer': true,
  'quoted-only': true,
  'subject-only': true,
  'attachment-only': true,
  'too-large': true,
  typo: true,
  'parts-disagree': true,
  'looks-automatic': true,
  encrypted: true,
  winmail: true,
  damaged: true,
  ambiguous: true,
  'wrong-currency': true,
  'too-precise': true,
  'out-of-range': true,
  'impossible-date': true,
  'relative-date': true,
  'too-long': true,
}

const subtypes: Record<AutomaticSubtype, true> = {
  'out-of-office': true,
  'auto-reply': true,
  'read-receipt': true,
  'delivery-notice': true,
  calendar: true,
  list: true,
}
