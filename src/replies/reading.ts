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

/** One question of an action: most are of the type `choice`. */
export type Question = ChoiceQuestion | ValueQuestion

interface AnyQuestion {
  /** `Q1`, `Q2` … */
  id: string
  /**
   * What a person may write before the colon instead of `Q2`: the names and labels of its field in every language, the
   * text of the question. The reader folds them; one that two questions share names neither.
   */
  names?: string[] | undefined
}

export interface ChoiceQuestion extends AnyQuestion {
  type?: 'choice' | undefined
  choices: Choice[]
}

/** A question that is answered with a value, in the writer's own notation. */
export type ValueQuestion = AnyQuestion &
  (
    | { type: 'number' | 'date' | 'text' }
    /** `currency` is its code in ISO 4217. */
    | { type: 'money'; currency: string }
  )

/** What the answer was recognised by: a keyword of the choice, a dictionary, an emoji, or as a value of the question's type. */
export type MatchedBy = 'keyword' | 'language' | 'other-language' | 'emoji' | 'value'

export interface AnswerDetail {
  /**
   * The result of a choice, or a value in one notation, whatever was written: number `1234.5`, money `1250.00` (with the
   * digits of its currency), date `2026-07-15`, text as it is, trimmed.
   */
  value: string
  comment: string
  matchedBy: MatchedBy
  /** Set of a word that is but a letter away from the answer, which must be confirmed before it counts. */
  confirm?: 'typo' | undefined
  /** Set of a text that is all of the reply, taken because it was the only thing that our last mail asked for. */
  unlabelled?: true | undefined
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
  | 'looks-automatic'
  /** Encrypted, or under rights management. */
  | 'encrypted'
  /** Nothing but Outlook's own format. */
  | 'winmail'
  /** It breaks off, or can be read in several ways. */
  | 'damaged'

/** Why what stands for an answer is none of its question's: one text each in the mail that asks back. */
export type InvalidReason =
  | UnclearReason
  /** It can mean several values: `1,250` or `3/4/2026`. */
  | 'ambiguous'
  /** Another currency than the question's. */
  | 'wrong-currency'
  /** More digits behind the point than the currency has. */
  | 'too-precise'
  /** More digits than can be kept, or a year that no calendar of ours goes to. */
  | 'out-of-range'
  /** A day that the calendar does not have, or whose weekday is another one. */
  | 'impossible-date'
  /** A day that hangs on when it is read: tomorrow, Monday, a day without its year. */
  | 'relative-date'
  /** A text longer than a field may be. */
  | 'too-long'

/** An answer that was found and not taken. */
export interface InvalidAnswer {
  reason: InvalidReason
  /** What was written for an answer, on one line and cut to `invalidTextLength` characters. */
  text: string
  /** The values that an ambiguous one may have, each as `AnswerDetail.value`; empty for any other. */
  meanings: string[]
}

/** How much of a wrong answer is shown again. */
export const invalidTextLength = 80

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

/** What makes an answer doubtful: by which list of words, or by what else. `doubt.ts` says which reason each gives. */
export type DoubtKind =
  | 'question-mark'
  | 'question'
  | 'other-answer'
  | 'retraction'
  /** Somebody else is to answer. */
  | 'delegation'
  | 'withdrawal'
  | 'favourable'
  | 'unfavourable'
  | 'negation'
  | 'condition'
  | 'limit'
  | 'scope'
  | 'hedge'
  | 'reservation'
  | 'future'
  | 'deferral'
  /** Words that are neither an answer nor courtesy, where nothing else may stand. */
  | 'not-understood'

/** Words that the reading rests on, so that a page can underline them. */
export interface Match {
  /** UTF-16 offsets into the text that was read, `to` exclusive. */
  from: number
  to: number
  /** What they were taken for; a `typo` is an answer but for one letter. */
  as: 'answer' | 'typo' | 'instruction' | DoubtKind
  /** The languages whose words they are; none for a keyword of the question, an emoji or a sign. */
  languages: string[]
}

/** `delivery-notice` reports a delay or a success; a failure is a bounce. */
export type AutomaticSubtype =
  | 'out-of-office'
  | 'auto-reply'
  | 'read-receipt'
  | 'delivery-notice'
  | 'calendar'
  | 'list'

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
  /** What is wrong with each invalid answer, by question. */
  problems: Record<string, InvalidAnswer>
  /** Set when the answer was understood but must be confirmed before it counts. */
  confirm: UnclearReason | null
  instruction: { name: string; to: string | null; until: string | null } | null
  automatic: {
    subtype: AutomaticSubtype
    /**
     * The day named in an out-of-office reply, as `2026-11-30`: the last one of the absence or that of the return, for
     * people mean either by *until*.
     */
    returnsOn: string | null
    /** Whom an out-of-office reply names in their place. A hint for people, never acted upon. */
    standIn: StandIn | null
  } | null
  bounce: {
    /** Of the mail that came back; null when the report does not tell. */
    messageId: string | null
    /** RFC 3463, such as `5.1.1`. */
    status: string | null
    /** What the server said that refused it, on one line. */
    diagnostic: string | null
  } | null
  /** Why it is unclear, or where an empty reply's answer went; null otherwise. */
  reason: UnclearReason | null
  /** The text that the trace's offsets point into. */
  text: string
  trace: TraceEntry[]
  /** The words that decided, and those that raised a doubt, in the order of the text. */
  matched: Match[]
  /** Every body of the message with what it says, where they do not say the same; empty otherwise. */
  parts: PartReading[]
}

/** At least one of both is known. */
export interface StandIn {
  name: string | null
  address: string | null
}

/** What one body of a message says where another says something else. */
export interface PartReading
  extends Pick<
    ReplyReading,
    'kind' | 'answers' | 'confirm' | 'instruction' | 'reason' | 'text' | 'trace' | 'matched'
  > {
  part: MessagePart
}

/** The text part, what the HTML part shows, and that with what it hides. */
export type MessagePart = 'text' | 'html' | 'html-with-hidden'

/** What the reader knows beside the message. */
export interface ReadContext {
  questions: Question[]
  /**
   * Ids of the questions that our last mail to them asked for, when these are not all of `questions`: the only one may be
   * answered without its label, as if it were the only question.
   */
  open?: string[] | undefined
  /**
   * Id of the question that decides, while our last mail asked for it: of several questions it is the one that may be
   * answered without its label.
   */
  deciding?: string | undefined
  /** Whether an answer of theirs waits for its comment: new text that is nothing else is then that comment. */
  awaitsComment?: boolean | undefined
  /** The approver's language; its dictionary comes before the others. */
  locale: string
  /** The two characters around an answer when several questions are asked; `[]` by default. More pairs may follow. */
  brackets: string
  /** The text we sent, to recognise it in the quote; null when unknown. */
  sentText: string | null
  /** Lines known to be footers of the sender's domain. */
  learnedFooters: string[]
}
