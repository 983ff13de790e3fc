/**
 * What the reader makes of a reply. `inspect --json` prints it as it stands, so it is part of the public interface.
 */

/** One answer the approver may give. */
export interface Choice {
  /** What is stored: `YES`, `NO`, `MODIFY` … */
  result: string
  /** The words accepted for it. The reader folds them; the checker has refused two that fold alike. */
  keywords: string[]
}

export interface Question {
  /** `Q1`, `Q2` … */
  id: string
  choices: Choice[]
}

/** What the answer was recognised by: a keyword of the choice, a dictionary or an emoji. */
export type MatchedBy = 'keyword' | 'language' | 'other-language' | 'emoji'

export interface AnswerDetail {
  value: string
  comment: string
  matchedBy: MatchedBy
}

export type ReadingKind = 'answers' | 'comment' | 'instruction' | 'unclear' | 'automatic' | 'bounce' | 'empty'

/** Why a reading is unclear, or why it needs to be confirmed: one answer mail text each. */
export type UnclearReason =
  | 'negated'
  | 'conditional'
  | 'question'
  | 'contradictory'
  | 'future'
  | 'not-an-answer'
  | 'quoted-only'
  | 'subject-only'
  | 'attachment-only'
  | 'too-large'
  | 'typo'
  | 'parts-disagree'

export type Region =
  | 'answer'
  | 'comment'
  | 'quote'
  | 'signature'
  | 'banner'
  | 'disclaimer'
  | 'courtesy'
  | 'marker'
  | 'blank'

/** One stretch of the text that was read, and which rule said what it is. */
export interface TraceEntry {
  region: Region
  /** UTF-16 offsets into the text that was read, `to` exclusive. */
  from: number
  to: number
  rule: string
}

export interface ReplyReading {
  kind: ReadingKind
  /** Result per question, for instance `{ Q1: 'YES' }`. Empty unless `kind` is `answers`. */
  answers: Record<string, string>
  comment: string
  details: Record<string, AnswerDetail>
  /** Questions without an answer. */
  missing: string[]
  /** Questions with an answer that is none of theirs. */
  invalid: string[]
  /** Set when the answer was understood but must be confirmed before it counts. */
  confirm: UnclearReason | null
  instruction: { name: string; to: string | null; until: string | null } | null
  automatic: {
    /** `delivery-notice` reports a delay or a success; a failure is a bounce. */
    subtype: 'out-of-office' | 'auto-reply' | 'read-receipt' | 'delivery-notice' | 'calendar' | 'list'
    /** The day named in an out-of-office reply, as `2026-11-30`. */
    returnsOn: string | null
  } | null
  bounce: { messageId: string | null; status: string | null } | null
  /** Why it is unclear, or where an empty reply's answer went; null otherwise. */
  reason: UnclearReason | null
  /** The text that the trace's offsets point into. */
  text: string
  trace: TraceEntry[]
}

/** What the reader knows beside the message. */
export interface ReadContext {
  questions: Question[]
  /** The approver's language; its dictionary comes before the others. */
  locale: string
  /** The two characters around an answer when several questions are asked; `[]` by default. */
  brackets: string
  /** The text we sent, to recognise it in the quote; null when unknown. */
  sentText: string | null
  /** Lines known to be footers of the sender's domain. */
  learnedFooters: string[]
}
