import { AppError } from '../../lib/app-error.ts'
import { findPersonByAddress } from '../../people/find-person.ts'
import { appendAudit } from '../../store/audit.ts'
import type { Context } from '../../store/context.ts'
import { loadAction } from '../load-action.ts'
import { type Actor, mayReassign } from '../model/state-machine.ts'
import { withdraw } from './cancel-request.ts'
import { askAssignees } from './open-action.ts'

/**
 * Gives an open action to somebody else: the earlier assignees' tokens stop working, they are told, and the new one
 * is asked. Administrators may, and the present assignees.
 * Throws `action-not-found`, `action-closed`, `not-allowed`, `person-not-found`, `own-request`.
 */
export async function reassignAction(
  context: Context,
  input: { actionId: string; toAddress: string; actor: Actor },
): Promise<void> {
  await context.db.transaction().execute(async (tx) => {
    const loaded = await loadAction(tx, input.actionId, { lock: true })
    const { action, request, step, assignees } = loaded
    const person = await findPersonByAddress(tx, input.toAddress)
    if (!person) throw new AppError('person-not-found', { person: input.toAddress })
    const may = mayReassign({
      action,
      request,
      step,
      assignees: assignees.map(({ personId }) => personId),
      actor: input.actor,
      toPersonId: person.id,
    })
    if (may !== 'yes') throw new AppError(may)
    if (assignees.length === 1 && assignees[0]?.personId === person.id) return

    const { mailboxId } = loaded
    await withdraw(tx, context, { actionId: action.id, requestId: request.id, mailboxId })
    await askAssignees(tx, context, {
      id: action.id,
      request: { ...request, mailboxId },
      assignees: [{ person, groupId: null }],
    })
    await appendAudit(tx, {
      requestId: request.id,
      at: context.clock(),
      kind: 'action-reassigned',
      actorId: input.actor.id,
      payload: { actionId: action.id, to: person.address },
    })
  })
}
