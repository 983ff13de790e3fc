import type { Kysely, Selectable } from 'kysely'
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
  /** Those whose assignment has not ended. */
  assignees: Selectable<ActionAssigneeTable>[]
}

/**
 * Loads an action. With `lock`, its row is locked until the transaction ends: whoever decides, reassigns or cancels
 * takes this lock first, so two doors never decide at once (promise 2).
 * Throws `action-not-found`.
 */
export async function loadAction(
  db: Kysely<Database>,
  actionId: string,
  options: { lock?: boolean } = {},
): Promise<LoadedAction> {
  let query = db.selectFrom('action').selectAll().where('id', '=', actionId)
  if (options.lock) query = query.forUpdate()
  const action = await query.executeTakeFirst()
  if (!action) throw new AppError('action-not-found', { action: actionId })

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
    .where('endedAt', 'is', null)
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

/** The step of this name. An action keeps the version it started with, so a missing one is a bug. */
export function stepNamed(definition: ProcessDefinition, name: string): Step {
  const step = definition.steps.find((candidate) => candidate.name === name)
  if (!step) throw new Error(`process ${definition.name} has no step ${name}`)
  return step
}
