/**
 * What composing needs to know, as plain data: one model per kind of outbound message. What people wrote stands in it
 * as they wrote it; composing bounds and cleans it. Texts of the process are in the recipient's language already, and
 * field values in their notation.
 */
import type { DelegationRefusal } from '../../approvals/model/delegation-refusal.ts'
import type { CommentRule, Delegation } from '../../approvals/model/process.ts'
import type { Locale } from '../../lib/translate.ts'
import type { InvalidAnswer, StandIn, UnclearReason } from '../../replies/reading.ts'

export interface RequestFacts {
  number: number
  title: string
  requesterName: string
  createdAt: Date
  /** The amount that the request is about, for the first screen and the subject; null when it has none. */
  amount: string | null
  fields: { label: string; value: string }[]
}

export interface ChoiceFacts {
  result: string
  label: string
  /** The word that means this choice in the recipient's language: what a button writes into the reply. */
  replyWord: string
  commentRule: CommentRule
}

/** What may be answered to a question. */
export type AnswerFacts =
  | { kind: 'choice'; words: { word: string; label: string }[] }
  | { kind: 'money'; currency: string; example: string }
  | { kind: 'date'; example: string }
  | { kind: 'number' | 'text' | 'person' }

/** One of several questions. */
export interface QuestionFacts {
  /** `Q2` */
  id: string
  text: string
  /** What stands before its answer in the form: `Q2 Amount granted`. */
  label: string
  /** Whether it is the one that decides, whose choices are the buttons. */
  decides: boolean
  answer: AnswerFacts
  /** Of the others: the results with which they must be answered. */
  requiredFor: string[]
}

export interface FormFacts {
  /** The two characters around an answer. */
  brackets: string
  /** In their order. */
  questions: QuestionFacts[]
}

export interface ActionFacts {
  /** Within the request: the 7 of #42-7. */
  number: number
  title: string
  questionText: string
  choices: ChoiceFacts[]
  /** When several questions are asked; null when there is one, which needs no form. */
  form: FormFacts | null
  dueAt: Date | null
}

export interface DecisionFacts {
  byName: string
  /** Who has read their reply and entered what it says; null of what they answered themselves. */
  enteredByName: string | null
  /** Label of the choice. */
  answer: string
  /** What was answered to the further questions, by the labels of their fields. */
  further: { label: string; value: string }[]
  comment: string
  at: Date
}

/** The message of theirs that a mail of ours answers. Its ids were chosen by the sender. */
export interface AnsweredMessage {
  messageId: string | null
  references: string[]
}

/** What all mails have in common. */
interface Frame {
  recipient: { name: string; address: string; locale: Locale }
  mailbox: {
    address: string
    displayName: string
    /** Default reply-to address. */
    replyTo: string
    /** Whether mail to `local+anything@` is known to arrive. */
    plusAddressing: boolean
    /** In test mode, the one address that all mail goes to. */
    redirectAllTo: string | null
  }
  request: RequestFacts
  /** The page of the action or the request; null when the installation has no address for people. */
  portalUrl: string | null
  /** Instance prefix: tells a copy of the installation from the original. Letters, digits, dots and hyphens. */
  instance: string
  /** IANA name of the zone that times are told in. */
  timeZone: string
}

/** To somebody who may decide an open action: an answer to the mail counts, so the reply token is in it. */
export interface ToAssignee extends Frame {
  action: ActionFacts
  token: string
}

/** The files of a request. */
export interface AttachmentFacts {
  /** In their order; `size` in octets. */
  files: { name: string; size: number }[]
  /** Whether the mail carries them; otherwise the portal has them. */
  enclosed: boolean
}

export interface ApprovalModel extends ToAssignee {
  kind: 'approval'
  /** Who asks them to answer in their place, and what that person says; null of those who were asked at first. */
  handedOn: { byName: string; comment: string } | null
  attachments: AttachmentFacts
}

export interface AskedBackModel extends ToAssignee {
  kind: 'asked-back'
  answers: AnsweredMessage
  reason: UnclearReason | 'empty' | 'comment-missing' | 'incomplete' | 'overtaken' | 'help' | 'not-fetched'
  /** Their new text, as far as the reader took it for theirs. */
  read: string
  /** Label of the choice that was understood but does not count yet; null when none was. */
  understood: string | null
  /** Words of theirs that made the answer doubtful. */
  doubts: string[]
  /** Of `help`: the instructions that hold. */
  help: HelpFacts | null
  /** What is kept and what lacks, of an answer to several questions; null when nothing is kept. */
  rest: RestFacts | null
}

/** An answer to several questions of which a part lacks. */
export interface RestFacts {
  kept: { id: string; label: string; value: string }[]
  /** The result that is kept, of the question that decides; null when that one lacks. */
  result: string | null
  /** Ids of the questions that lack. */
  asked: string[]
  /** Whether a comment lacks. */
  comment: boolean
  /** What was wrong with an answer, by the id of its question; `meanings` in the reader's notation. */
  problems: Record<string, InvalidAnswer>
}

/** What may be asked for beside an answer. */
export interface HelpFacts {
  /** Whom the step lets be asked in their place. */
  delegation: Delegation
  /** Why an action was not handed on: the name they wrote, and the people whom it may mean. */
  refused: { why: DelegationRefusal; to: string; candidates: { name: string; address: string }[] } | null
}

export interface ConfirmHeldModel extends ToAssignee {
  kind: 'confirm-held'
  /** Label of the choice that was read; null when the reply was no answer. */
  understood: string | null
  /** Where the held reply claims to come from. */
  fromAddress: string
  receivedAt: Date
}

export interface CommentRecordedModel extends ToAssignee {
  kind: 'comment-recorded'
  answers: AnsweredMessage
  comment: string
}

export interface LateModel extends Frame {
  kind: 'late'
  action: ActionFacts
  answers: AnsweredMessage
  /** Null when the action is undecided: withdrawn, or asked of others now. */
  decision: DecisionFacts | null
  /** Who is asked now, of an action that is open. */
  askedNow: string[]
  /** Whether the recipient took that decision. */
  own: boolean
}

export interface ConfirmationModel extends Frame {
  kind: 'confirmation'
  action: ActionFacts
  /** Null in the mail to the requester. */
  answers: AnsweredMessage | null
  decision: DecisionFacts
  /** Of an answer that somebody has entered for the person asked: who, why, and whether the recipient is that person. */
  entered: { by: { name: string; address: string }; reason: string; own: boolean } | null
}

export interface ActionWithdrawnModel extends Frame {
  kind: 'action-withdrawn'
  action: ActionFacts
  /** Who is asked now; null when nobody is any more. */
  reassignedTo: string | null
  /** Why, in the words of who has withdrawn it; may be empty. */
  comment: string
}

export interface DelegatedModel extends Frame {
  kind: 'delegated'
  action: ActionFacts
  answers: AnsweredMessage
  toName: string
  /** What went with it. */
  comment: string
  /** The day until which they wished it: ISO 8601, or as they wrote it; null for none. */
  until: string | null
}

/** One action of a request, and what became of it. */
export interface StationFacts {
  title: string
  state:
    | { kind: 'waiting'; names: string[]; since: Date; dueAt: Date | null }
    | { kind: 'decided'; decision: DecisionFacts }
    | { kind: 'withdrawn'; at: Date }
}

/** With a token when the action waits for the reader. */
export type StatusModel = (ToAssignee | (Frame & { action: ActionFacts })) & {
  kind: 'status'
  answers: AnsweredMessage
  /** `ending` as in `RequestClosedModel`. */
  standing: { kind: 'open' } | { kind: 'closed'; ending: string | null; at: Date }
  stations: StationFacts[]
}

export interface RequestClosedModel extends Frame {
  kind: 'request-closed'
  /** How the process calls the end that was reached; null when the request was cancelled. */
  ending: string | null
  closedAt: Date
  /** In the order of the actions. */
  decisions: (DecisionFacts & { actionTitle: string })[]
}

export interface UndeliveredModel extends Frame {
  kind: 'undelivered'
  action: ActionFacts
  approver: { name: string; address: string }
  /** RFC 3463 status of a bounce, such as `5.1.1`; else the code for which it never went out; null when unknown. */
  status: string | null
}

export interface ApproverAwayModel extends Frame {
  kind: 'approver-away'
  action: ActionFacts
  approver: { name: string; address: string }
  /** ISO 8601 calendar date; null when the automatic reply names none. */
  returnsOn: string | null
  /** Whom the automatic reply names in their place. */
  standIn: StandIn | null
}

export type MailModel =
  | ApprovalModel
  | AskedBackModel
  | ConfirmHeldModel
  | CommentRecordedModel
  | LateModel
  | ConfirmationModel
  | ActionWithdrawnModel
  | DelegatedModel
  | StatusModel
  | RequestClosedModel
  | UndeliveredModel
  | ApproverAwayModel
