import { AppError } from '../lib/app-error.ts'
import type { Context, Tx } from '../store/context.ts'
import { lockMailbox } from './find-mailbox.ts'
import { noteChange } from './note-change.ts'
import type { MailboxRow } from './open-mailboxes.ts'
import { runningAgain } from './running-again.ts'

/**
 * Stops a mailbox until it is resumed: neither read from nor sent from; its settings stay and its mails wait. What is
 * under way comes to its end. `by` is the administrator; null for the operator. One that is stopped already keeps who
 * stopped it. Throws `mailbox-not-found` and, of a detached one, `mailbox-detached`.
 */
export async function pauseMailbox(context: Context, name: string, by: string | null): Promise<void> {
  await context.db.transaction().execute(async (tx) => {
    const { id, state } = await lockOwn(tx, name)
    if (state === 'disabled') return
    const pausedAt = context.clock()
    await tx
      .updateTable('mailbox')
      .set({ state: 'disabled', pausedAt, pausedBy: by })
      .where('id', '=', id)
      .execute()
    await noteChange(tx, { mailboxId: id, at: pausedAt, actorId: by, kind: 'paused' })
    await context.enqueue(tx, { name: 'report-outages', payload: {} })
    context.log.info({ mailbox: name, actor: by }, 'mailbox paused by an administrator')
  })
}

/**
 * Has a mailbox run again, whatever had stopped it: it is read at once, and what waits goes out. Throws
 * as `pauseMailbox` does.
 */
export async function resumeMailbox(context: Context, name: string, by: string | null): Promise<void> {
  await context.db.transaction().execute(async (tx) => {
    const row = await lockOwn(tx, name)
    const { id } = row
    await tx.updateTable('mailbox').set(runningAgain(row)).where('id', '=', id).execute()
    await noteChange(tx, { mailboxId: id, at: context.clock(), actorId: by, kind: 'resumed' })
    await context.enqueue(tx, [
      { name: 'receive', payload: { mailboxId: id } },
      { name: 'resume-due', payload: {} },
    ])
    context.log.info({ mailbox: name, actor: by }, 'mailbox resumed by an administrator')
  })
}

async function lockOwn(tx: Tx, name: string): Promise<MailboxRow> {
  const row = await lockMailbox(tx, name)
  if (row.state === 'detached') throw new AppError('mailbox-detached', { mailbox: name })
  return row
}
