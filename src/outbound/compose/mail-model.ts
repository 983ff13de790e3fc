/**
 * What composing needs to know, as plain data: one model per kind of outbound message. What people wrote stands in it
 * as they wrote it; composing bounds and cleans it. Texts of the process are in the recipient's language already, and
 * field values in their notation.
 */
import type { CommentRule } from '../../approvals/model/process.ts'
import type { Locale } from '../../lib/translate.ts'
import type { StandIn, UnclearReason } from '../../replies/reading.ts'

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

export interface ActionFacts {
  /** Within the request: the 7 of #42-7. */
  number: number
  title: string
  questionText: string
  choices: ChoiceFacts[]
  dueAt: Date | null
}

export interface DecisionFacts {
  byName: string
  /** Label of the choice. */
  answer: string
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

export interface ApprovalModel extends ToAssignee {
  kind: 'approval'
}

export interface AskedBackModel extends ToAssignee {
  kind: 'asked-back'
  answers: AnsweredMessage
  reason: UnclearReason | 'empty' | 'comment-missing' | 'incomplete' | 'help' | 'not-fetched'
  /** Their new text, as far as the reader took it for theirs. */
  read: string
  /** Label of the choice that was understood but does not count yet; null when none was. */
  understood: string | null
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
  /** Null when the action was withdrawn undecided. */
  decision: DecisionFacts | null
  /** Whether the recipient took that decision. */
  own: boolean
}

export interface ConfirmationModel extends Frame {
  kind: 'confirmation'
  action: ActionFacts
  answers: AnsweredMessage
  decision: DecisionFacts
}

export interface ActionWithdrawnModel extends Frame {
  kind: 'action-withdrawn'
  action: ActionFacts
  /** Who is asked now; null when nobody is any more. */
  reassignedTo: string | null
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
  | RequestClosedModel
  | UndeliveredModel
  | ApproverAwayModel
