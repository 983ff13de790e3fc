import type { Context } from '../store/context.ts'
import { activeStates } from './active-states.ts'
import { hasSettingsOf } from './has-settings-of.ts'
import type { MailboxRow } from './open-mailboxes.ts'

/**
 * Has a mailbox that backs off after trouble called at once, for whoever examined it has just seen that it works: what was
 * wrong may have been mended in Entra or Exchange, where we do not see it. Its trouble stands until the work itself
 * succeeds. `sends` says whether it was seen to send, too. Does nothing to one that has other settings meanwhile.
 */
export async function tryAtOnce(context: Context, row: MailboxRow, sends: boolean): Promise<void> {
  await context.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('mailbox')
      .set({ retryAt: null, ...(sends ? { sendRetryAt: null } : {}) })
      .where('id', '=', row.id)
      .where('state', 'in', activeStates)
      .where(hasSettingsOf(row))
      .where((where) =>
        // A paused one is read every few minutes, whether or not its time has come.
        where.or([
          where('trouble', 'is not', null),
          where('retryAt', 'is not', null),
          ...(sends ? [where('sendRetryAt', 'is not', null)] : []),
        ]),
      )
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    await context.enqueue(tx, [
      { name: 'receive', payload: { mailboxId: row.id } },
      { name: 'resume-due', payload: {} },
    ])
    context.log.info({ mailbox: row.name }, 'mailbox is tried at once: its test found nothing wrong')
  })
}
