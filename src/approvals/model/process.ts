/** A process definition as the product works with it: the form that `check-definition` has accepted. Types only. */

/** A text per language; English is required. */
export type LocalText = { en: string; fr?: string | undefined }

export type FieldType = 'text' | 'number' | 'money' | 'date' | 'choice'

export interface Field {
  name: string
  type: FieldType
  label: LocalText
  /** Who fills it: the requester in the form, or a question's return field. */
  filledBy: 'requester' | 'approver'
  required: boolean
  /** ISO 4217, for `money`. */
  currency?: string | undefined
  /** For `choice`. */
  options?: { value: string; label: LocalText }[] | undefined
  /** A value of `text` that names a person by address, usable as `assignee: { field }`. */
  person?: boolean | undefined
}

export type Assignee =
  | { kind: 'person'; address: string }
  | { kind: 'group'; name: string }
  | { kind: 'manager' }
  | { kind: 'field'; field: string }

/** Whom the people asked may give an action to: nobody, anybody there is, or the members of a group. */
export type Delegation = { kind: 'none' } | { kind: 'people' } | { kind: 'group'; name: string }

export type CommentRule = 'none' | 'optional' | 'required'

/** Whether a request comes with files of the requester. */
export type AttachmentRule = 'none' | 'optional' | 'required'

export interface AnswerChoice {
  /** What is stored: `YES`, `NO`, `MODIFY` … */
  result: string
  label: LocalText
  /** The words accepted for it, all languages together. */
  keywords: string[]
  /** The one of them that mails offer in the reader's language: what a button writes and the line below it says. */
  replyWord: LocalText
}

export interface QuestionChoice extends AnswerChoice {
  comment: CommentRule
}

interface Question {
  /** `Q1`, `Q2` … by its place among the questions of its step. */
  id: string
  text: LocalText
  /** The field that receives the answer (WorkflowGen's Qx_RETURN_FIELDNAME). */
  returnField: string
}

/** The question whose answer decides what follows. */
export interface ActionQuestion extends Question {
  choices: QuestionChoice[]
}

/** A question beside it: its answer is a value of its return field, as that field's type has it. */
export interface FurtherQuestion extends Question {
  /** Empty unless the answer is one of these. */
  choices: AnswerChoice[]
  /** The results of the deciding question with which this one must be answered, too. */
  requiredFor: string[]
}

export type Transition = { to: 'action'; step: string } | { to: 'end'; ending: string }

export interface Step {
  name: string
  title: LocalText
  assignee: Assignee
  question: ActionQuestion
  /** In the order of their ids, among which `question` has its place. */
  furtherQuestions: FurtherQuestion[]
  /** The two characters around an answer where several questions are asked (WorkflowGen's KEYWORDS_BRACKETS). */
  brackets: string
  /** One per result. */
  transitions: Record<string, Transition>
  /** Whether the requester may decide it when they are the assignee; default no. */
  requesterMayApprove: boolean
  /** Whom its assignees may ask in their place; default nobody. Administrators may ask anybody. */
  delegation: Delegation
  /** Working time is not counted: plain days; null for no deadline. */
  dueAfterDays: number | null
}

export interface ProcessDefinition {
  name: string
  title: LocalText
  description: LocalText | null
  /** A template over the fields, such as `Purchase of {{ item }}`: the request's title. */
  requestTitle: LocalText
  fields: Field[]
  attachments: AttachmentRule
  /** The first one opens when the request is made. */
  steps: Step[]
  /** Ending name → how people read it. */
  endings: Record<string, LocalText>
}
