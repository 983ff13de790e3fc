import type { Insertable } from 'kysely'
import { newId } from '../../lib/new-id.ts'
import { putInOutbox } from '../../outbound/outbox.ts'
import { appendAudit } from '../../store/audit.ts'
import type { Context, Tx } from '../../store/context.ts'
import { newReplyToken } from '../../store/new-reply-token.ts'
import type { ActionAssigneeTable, ActionTable, ReplyTokenTable } from '../../store/schema.ts'
import { settingsOf } from '../../store/settings-of.ts'
import { together, writeTogether } from '../../store/together.ts'
import type { Step } from '../model/process.ts'
import { dueAt } from '../model/state-machine.ts'
import { type FoundAssignee, findAssignees } from './find-assignees.ts'
import { withStandIns } from './stand-ins.ts'

/** The request that an action belongs to, as far as opening one needs it. */
export interface RequestInHand {
  id: number
  requesterId: string
  data: Record<string, unknown>
  mailboxId: string
}

/**
 * Opens the step's action in the caller's transaction: assignees, or who stands in for those away, and a reply token
 * and an approval e-mail for each.
 * When nobody can be asked the action opens all the same, without an assignee, with an audit entry and a line in the
 * log: a request is never lost for a gap in the directory, and `reassign-action` mends it.
 */
export async function openAction(
  tx: Tx,
  context: Omit<Context, 'db'>,
  request: RequestInHand,
  step: Step,
): Promise<{ actionId: string; number: number; assignees: FoundAssignee[] }> {
  const now = context.clock()
  const actionId = newId()
  const number = (await countActions(tx, request.id)) + 1
  await insertAction(tx, {
    id: actionId,
    requestId: request.id,
    number,
    step: step.name,
    status: 'open',
    openedAt: now,
    dueAt: dueAt(step, now),
    closedAt: null,
  })

  const found = await findAssignees(tx, step, request)
  const assignees = found.outcome === 'found' ? found.assignees : []
  if (found.outcome === 'nobody') {
    context.log.error(
      { request: request.id, action: actionId, step: step.name, reason: found.reason },
      'nobody can be asked: the action waits until it is given to somebody',
    )
  }
  await appendAudit(tx, {
    requestId: request.id,
    at: now,
    kind: found.outcome === 'found' ? 'action-opened' : 'assignment-failed',
    actorId: null,
    payload:
      found.outcome === 'found'
        ? { actionId, number, step: step.name, assignees: assignees.map(({ person }) => person.address) }
        : { actionId, number, step: step.name, reason: found.reason, wanted: found.wanted },
  })
  const asked = await withStandIns(tx, step, request, { assignees, now })
  for (const { away, to, delegation } of asked.standIns) {
    await appendAudit(tx, {
      requestId: request.id,
      at: now,
      kind: 'action-stood-in',
      actorId: delegation.recordedBy,
      payload: {
        ...{ actionId, away: away.address, to: to.address, comment: delegation.note },
        ...{ delegationId: delegation.id, until: delegation.endsAt.toISOString() },
      },
    })
  }
  await askAssignees(tx, context, { id: actionId, request, assignees: asked.assignees })
  return { actionId, number, assignees: asked.assignees }
}

/** Makes these people the action's assignees, gives each a reply token and writes each an approval e-mail. */
export async function askAssignees(
  tx: Tx,
  context: Omit<Context, 'db'>,
  action: {
    id: string
    request: RequestInHand
    assignees: FoundAssignee[]
  },
): Promise<void> {
  const { id: actionId, request, assignees } = action
  if (assignees.length === 0) return
  const now = context.clock()
  await insertAssignees(
    tx,
    assignees.map(({ person, groupId, handedOn }) => ({
      actionId,
      personId: person.id,
      groupId,
      handedOnBy: handedOn?.by ?? null,
      assignedAt: now,
      endedAt: null,
    })),
  )
  const { instance } = await settingsOf(tx, request.mailboxId)
  await insertTokens(
    tx,
    assignees.map(({ person }) =>
      newReplyToken(context.keys, { actionId, personId: person.id, instance, createdAt: now }),
    ),
  )

  await putInOutbox(
    tx,
    context,
    assignees.map(({ person, handedOn }) => ({
      kind: 'approval' as const,
      mailboxId: request.mailboxId,
      toAddress: person.address,
      personId: person.id,
      requestId: request.id,
      actionId,
      payload: handedOn ? { handedOn } : {},
    })),
  )
}

const countActions = together(async (tx, requestIds: readonly number[]) => {
  const counts = await tx
    .selectFrom('action')
    .select(['requestId', (select) => select.fn.countAll<string>().as('count')])
    .where('requestId', 'in', requestIds)
    .groupBy('requestId')
    .execute()
  const byRequest = new Map(counts.map(({ requestId, count }) => [requestId, Number(count)]))
  return requestIds.map((id) => byRequest.get(id) ?? 0)
})

const insertAction = writeTogether((tx, actions: readonly Insertable<ActionTable>[]) =>
  tx.insertInto('action').values(actions).execute(),
)

const insertAssignees = writeTogether((tx, groups: readonly Insertable<ActionAssigneeTable>[][]) =>
  tx
    .insertInto('actionAssignee')
    .values(groups.flat())
    // Somebody who had the action before, and gets it back.
    .onConflict((conflict) =>
      conflict.columns(['actionId', 'personId']).doUpdateSet(({ ref }) => ({
        assignedAt: ref('excluded.assignedAt'),
        endedAt: null,
        groupId: ref('excluded.groupId'),
        handedOnBy: ref('excluded.handedOnBy'),
      })),
    )
    .execute(),
)

const insertTokens = writeTogether((tx, groups: readonly Insertable<ReplyTokenTable>[][]) =>
  tx.insertInto('replyToken').values(groups.flat()).execute(),
)
