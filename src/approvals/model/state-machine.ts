/**
 * How requests and actions move. An action is open until it is decided or cancelled, a request until it is completed or
 * cancelled; both are final. Pure: commands load what is asked about, and store what follows.
 */
import type { ProcessDefinition, QuestionChoice, Step, Transition } from './process.ts'

export type ActionStatus = 'open' | 'decided' | 'cancelled'
export type RequestStatus = 'open' | 'completed' | 'cancelled'

/** Who acts, by person id. */
export interface Actor {
  id: string
  role: 'member' | 'auditor' | 'administrator'
}

/** The step that opens when a request is made. */
export function firstStep(definition: ProcessDefinition): Step {
  const step = definition.steps[0]
  if (step === undefined) throw new Error(`process ${definition.name} has no steps`)
  return step
}

export type MayDecide = 'yes' | 'action-closed' | 'not-assignee' | 'own-request'

/** Whether a person may decide an action. `assignees` are those whose assignment stands now, by person id. */
export function mayDecide(situation: {
  action: { status: ActionStatus }
  request: { status: RequestStatus; requesterId: string }
  step: Step
  assignees: string[]
  personId: string
}): MayDecide {
  const { action, request, step, assignees, personId } = situation
  if (action.status !== 'open' || request.status !== 'open') return 'action-closed'
  if (!assignees.includes(personId)) return 'not-assignee'
  if (personId === request.requesterId && !step.requesterMayApprove) return 'own-request'
  return 'yes'
}

/** The choice that a result stands for; null when the question has none such. */
export function choiceOf(step: Step, result: string): QuestionChoice | null {
  return step.question.choices.find((choice) => choice.result === result) ?? null
}

/** Whether the choice asks for a comment that is not there. */
export function commentMissing(choice: QuestionChoice, comment: string): boolean {
  return choice.comment === 'required' && comment.trim() === ''
}

/** What follows a decision. The checker has given every result its transition, so a missing one is a bug. */
export function afterDecision(step: Step, result: string): Transition {
  const transition = Object.hasOwn(step.transitions, result) ? step.transitions[result] : undefined
  if (transition === undefined) throw new Error(`step ${step.name} has no transition for ${result}`)
  return transition
}

/** How often the people asked may hand an action on, one after the other: a chain without end would never be decided. */
const MOST_DELEGATIONS = 3

export type MayReassign =
  | 'yes'
  | 'action-closed'
  | 'not-allowed'
  | 'own-request'
  /** The step lets nobody be asked in the place of an assignee. */
  | 'delegation-not-allowed'
  /** The step lets others be asked in their place, but not this person. */
  | 'not-a-delegate'
  | 'already-assigned'
  | 'delegated-too-often'

/**
 * Whether the actor may give an open action to somebody else: administrators to anybody; its assignees their own part of
 * it, to whom the step lets them. `isDelegate` says whether the person is one of these.
 */
export function mayReassign(situation: {
  action: { status: ActionStatus; timesDelegated: number }
  request: { status: RequestStatus; requesterId: string }
  step: Step
  assignees: string[]
  actor: Actor
  toPersonId: string
  isDelegate: boolean
}): MayReassign {
  const { action, request, step, assignees, actor, toPersonId } = situation
  const isAdministrator = actor.role === 'administrator'
  if (!isAdministrator && !assignees.includes(actor.id)) return 'not-allowed'
  if (action.status !== 'open' || request.status !== 'open') return 'action-closed'
  if (!isAdministrator && step.delegation.kind === 'none') return 'delegation-not-allowed'
  if (toPersonId === request.requesterId && !step.requesterMayApprove) return 'own-request'
  if (isAdministrator) return 'yes'
  if (assignees.includes(toPersonId)) return 'already-assigned'
  if (!situation.isDelegate) return 'not-a-delegate'
  return action.timesDelegated < MOST_DELEGATIONS ? 'yes' : 'delegated-too-often'
}

export type MayCancel = 'yes' | 'request-closed' | 'not-allowed'

/** Whether the actor may cancel a request: the requester may while it is open, and administrators. */
export function mayCancel(situation: {
  request: { status: RequestStatus; requesterId: string }
  actor: Actor
}): MayCancel {
  const { request, actor } = situation
  if (actor.role !== 'administrator' && actor.id !== request.requesterId) return 'not-allowed'
  return request.status === 'open' ? 'yes' : 'request-closed'
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Deadline of an action: so many times 24 hours after it opened; null when its step has none. */
export function dueAt(step: Step, openedAt: Date): Date | null {
  return step.dueAfterDays === null ? null : new Date(openedAt.getTime() + step.dueAfterDays * DAY_MS)
}
