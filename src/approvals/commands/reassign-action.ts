import type { Person } from '../../people/find-person.ts'
import { appendAudit } from '../../store/audit.ts'
import type { Context, Tx } from '../../store/context.ts'
import { loadAction } from '../load-action.ts'
import { type Actor, type MayReassign, mayReassign } from '../model/state-machine.ts'
import { asDelegate } from './as-delegate.ts'
import { endAssignments, withdraw } from './cancel-request.ts'
import { askAssignees } from './open-action.ts'

export interface Reassignment {
  actionId: string
  to: Person
  actor: Actor
  /** What the actor says to whoever is asked now. */
  comment: string
  /** The stored reply that asks for it, and what was read and trusted in it; null for other doors. */
  proof: { inboundMessageId: string; rawSha256: string; evidence: object } | null
}

/**
 * Gives an open action to somebody else, in the caller's transaction. An administrator gives the whole of it: all earlier
 * assignees' tokens stop working, and they are told. An assignee hands on their own part (`delegation` of the step), and
 * what others of a group were asked stays theirs. Nothing is written when it may not be. Throws `action-not-found`.
 */
export async function reassignAction(
  tx: Tx,
  context: Omit<Context, 'db'>,
  { actionId, to, actor, comment, proof }: Reassignment,
): Promise<MayReassign> {
  const { action, request, step, assignees, mailboxId } = await loadAction(tx, actionId, { lock: true })
  const assigned = assignees.map(({ personId }) => personId)
  const delegate = await asDelegate(tx, step, to)
  const may = mayReassign({
    ...{ action, request, step, actor },
    assignees: assigned,
    toPersonId: to.id,
    isDelegate: delegate !== null,
  })
  if (may !== 'yes') return may
  if (assigned.length === 1 && assigned[0] === to.id) return 'yes'

  const isDelegation = actor.role !== 'administrator'
  if (isDelegation) {
    await endAssignments(tx, context, { actionId, personId: actor.id })
    await tx
      .updateTable('action')
      .set({ timesDelegated: action.timesDelegated + 1 })
      .where('id', '=', actionId)
      .execute()
  } else await withdraw(tx, context, { actionId, requestId: request.id, mailboxId })
  await askAssignees(tx, context, {
    id: actionId,
    request: { ...request, mailboxId },
    assignees: [
      {
        person: to,
        groupId: isDelegation ? (delegate?.groupId ?? null) : null,
        handedOn: isDelegation ? { by: actor.id, comment } : null,
      },
    ],
  })
  await appendAudit(tx, {
    requestId: request.id,
    at: context.clock(),
    kind: isDelegation ? 'action-delegated' : 'action-reassigned',
    actorId: actor.id,
    payload: { actionId, to: to.address, comment, ...proof },
  })
  return 'yes'
}
