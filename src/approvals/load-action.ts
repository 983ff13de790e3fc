import type { ExpressionBuilder, Kysely, Selectable, SelectQueryBuilder } from 'kysely'
import { AppError } from '../lib/app-error.ts'
import type { ActionAssigneeTable, ActionTable, Database, RequestTable } from '../store/schema.ts'
import { together, writeTogether } from '../store/together.ts'
import type { ProcessDefinition, Step } from './model/process.ts'

/** An action with all that it is judged by: its request, its step in the definition, and who may decide it now. */
export interface LoadedAction {
  action: Selectable<ActionTable>
  request: Selectable<RequestTable>
  definition: ProcessDefinition
  step: Step
  mailboxId: string
  /** Those who may decide it now, see `isStanding`. */
  assignees: Selectable<ActionAssigneeTable>[]
}

/**
 * Loads an action. With `lock`, its request is locked until the transaction ends (`lockRequest`).
 * Throws `action-not-found`.
 */
export async function loadAction(
  db: Kysely<Database>,
  actionId: string,
  options: { lock?: boolean } = {},
): Promise<LoadedAction> {
  if (options.lock) await lockRequestOf(db, actionId)
  const action = await findAction(db, actionId)
  if (!action) throw new AppError('action-not-found', { action: actionId })
  const { request, definition, mailboxId } = await loadRequest(db, action.requestId)
  const assignees = await standingAssignees(db, actionId)
  return { action, request, definition, step: stepNamed(definition, action.step), mailboxId, assignees }
}

const findAction = together(async (db, ids: readonly string[]) => {
  const actions = await db.selectFrom('action').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(actions.map((action) => [action.id, action]))
  return ids.map((id) => byId.get(id) ?? null)
})

/** A request, the definition that it follows and the mailbox that its mails go out from. It has to exist. */
export const loadRequest = together(async (db, ids: readonly number[]) => {
  const requests = await db.selectFrom('request').selectAll().where('id', 'in', ids).execute()
  const processIds = [...new Set(requests.map(({ processId }) => processId))]
  const processes = await db
    .selectFrom('process')
    .select(['id', 'definition', 'mailboxId'])
    .where('id', 'in', processIds)
    .execute()
  const requestById = new Map(requests.map((request) => [request.id, request]))
  const processById = new Map(processes.map((process) => [process.id, process]))
  return ids.map((id) => {
    const request = requestById.get(id)
    const process = request && processById.get(request.processId)
    if (!process) return new Error(`no request ${id}`)
    return { request, definition: process.definition, mailboxId: process.mailboxId }
  })
})

const standingAssignees = together(async (db, actionIds: readonly string[]) => {
  const assignees = await db
    .selectFrom('actionAssignee')
    .selectAll()
    .where('actionId', 'in', actionIds)
    .where(isStanding)
    .orderBy('personId')
    .execute()
  const byAction = Map.groupBy(assignees, ({ actionId }) => actionId)
  return actionIds.map((id) => byAction.get(id) ?? [])
})

/** Locks the request of an action, see `lockRequest`. */
const lockRequestOf = writeTogether((db, actionIds: readonly string[]) =>
  lockRequests(db, db.selectFrom('action').select('requestId').where('id', 'in', actionIds)),
)

/**
 * Locks a request until the transaction ends. Whoever decides, reassigns or cancels takes this lock first and reads
 * afterwards, so two doors never decide at once (promise 2). It is the request's, since deciding one action opens the
 * next: who cancels would not see the one that is being opened. Does nothing when there is no such request.
 */
export const lockRequest = writeTogether((db, requestIds: readonly number[]) => lockRequests(db, requestIds))

function lockRequests(
  db: Kysely<Database>,
  requestIds: readonly number[] | SelectQueryBuilder<Database, 'action', { requestId: number }>,
): Promise<unknown> {
  return (
    db
      .selectFrom('request')
      .select('id')
      .where('id', 'in', requestIds)
      // In one order everywhere, so that two who lock several do not wait for each other.
      .orderBy('id')
      // Not `for update`: that would wait for everybody who inserts a row that refers to the request.
      .forNoKeyUpdate()
      .execute()
  )
}

/**
 * Whether an assignment stands now, for `where` in a query over `actionAssignee`: it has not ended, the person has not
 * left, and the group, where one made them an assignee, still has them.
 */
export function isStanding(where: ExpressionBuilder<Database, 'actionAssignee'>) {
  return where.and([
    where('actionAssignee.endedAt', 'is', null),
    where.exists(
      where
        .selectFrom('person as assigned')
        .select('assigned.id')
        .whereRef('assigned.id', '=', 'actionAssignee.personId')
        .where('assigned.active', '=', true),
    ),
    where.or([
      where('actionAssignee.groupId', 'is', null),
      where.exists(
        where
          .selectFrom('groupMember')
          .select('groupMember.personId')
          .whereRef('groupMember.groupId', '=', 'actionAssignee.groupId')
          .whereRef('groupMember.personId', '=', 'actionAssignee.personId'),
      ),
    ]),
  ])
}

/** The step of this name. An action keeps the version it started with, so a missing one is a bug. */
export function stepNamed(definition: ProcessDefinition, name: string): Step {
  const step = definition.steps.find((candidate) => candidate.name === name)
  if (!step) throw new Error(`process ${definition.name} has no step ${name}`)
  return step
}
