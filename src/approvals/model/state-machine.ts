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
  role: 'member' | 'administrator'
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

export type MayReassign = 'yes' | 'action-closed' | 'not-allowed' | 'own-request'

/** Whether the actor may give an open action to somebody else: its assignees may, and administrators. */
export function mayReassign(situation: {
  action: { status: ActionStatus }
  request: { status: RequestStatus; requesterId: string }
  step: Step
  assignees: string[]
  actor: Actor
  toPersonId: string
}): MayReassign {
  const { action, request, step, assignees, actor, toPersonId } = situation
  if (actor.role !== 'administrator' && !assignees.includes(actor.id)) return 'not-allowed'
  if (action.status !== 'open' || request.status !== 'open') return 'action-closed'
  if (toPersonId === request.requesterId && !step.requesterMayApprove) return 'own-request'
  return 'yes'
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
