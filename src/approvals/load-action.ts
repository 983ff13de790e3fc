import type { ExpressionBuilder, Kysely, Selectable } from 'kysely'
import { AppError } from '../lib/app-error.ts'
import type { ActionAssigneeTable, ActionTable, Database, RequestTable } from '../store/schema.ts'
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
  const found = await db
    .selectFrom('action')
    .select('requestId')
    .where('id', '=', actionId)
    .executeTakeFirst()
  if (!found) throw new AppError('action-not-found', { action: actionId })
  if (options.lock) await lockRequest(db, found.requestId)

  const action = await db
    .selectFrom('action')
    .selectAll()
    .where('id', '=', actionId)
    .executeTakeFirstOrThrow()
  const request = await db
    .selectFrom('request')
    .selectAll()
    .where('id', '=', action.requestId)
    .executeTakeFirstOrThrow()
  const process = await db
    .selectFrom('process')
    .select(['definition', 'mailboxId'])
    .where('id', '=', request.processId)
    .executeTakeFirstOrThrow()
  const assignees = await db
    .selectFrom('actionAssignee')
    .selectAll()
    .where('actionId', '=', actionId)
    .where(isStanding)
    .orderBy('personId')
    .execute()
  return {
    action,
    request,
    definition: process.definition,
    step: stepNamed(process.definition, action.step),
    mailboxId: process.mailboxId,
    assignees,
  }
}

/**
 * Locks a request until the transaction ends. Whoever decides, reassigns or cancels takes this lock first and reads
 * afterwards, so two doors never decide at once (promise 2). It is the request's, since deciding one action opens the
 * next: who cancels would not see the one that is being opened. Does nothing when there is no such request.
 */
export async function lockRequest(db: Kysely<Database>, requestId: number): Promise<void> {
  // Not `for update`: that would wait for everybody who inserts a row that refers to the request.
  await db.selectFrom('request').select('id').where('id', '=', requestId).forNoKeyUpdate().execute()
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
