import type { Context } from '../store/context.ts'
import type { MailboxTrouble } from '../store/schema.ts'

/**
 * Detaches every mailbox when the database does not live any more where it was when this was last asked (see
 * `store/identify-place`): it is a backup that was restored, or a copy on another machine. It knows nothing of what was
 * sent and read since, so it must not act before an administrator has said which of the two it is. To be called before
 * any job runs. Returns whether the database was moved.
 */
export async function detachWhenMoved({ db, clock, log }: Context, place: string): Promise<boolean> {
  const now = clock()
  return db.transaction().execute(async (tx) => {
    // Of processes that start at the same time the first one finds out, and the others wait for it here.
    const { attachedTo } = await tx
      .insertInto('installation')
      .values({ attachedTo: place, attachedAt: now })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ id: 1 }))
      .returning('attachedTo')
      .executeTakeFirstOrThrow()
    if (attachedTo === place) return false
    log.error(
      { from: attachedTo, to: place },
      'the database was restored or copied: its mailboxes are detached',
    )
    await tx.updateTable('installation').set({ attachedTo: place, attachedAt: now }).execute()
    for (const { id, name } of await tx.selectFrom('mailbox').select(['id', 'name']).execute()) {
      await tx
        .updateTable('mailbox')
        // A failure, so that the outage lasts until the mailbox works again.
        .set({ state: 'detached', trouble: JSON.stringify(detached(name, now)), failures: 1, retryAt: null })
        .where('id', '=', id)
        .execute()
    }
    return true
  })
}

function detached(mailbox: string, since: Date): MailboxTrouble {
  return {
    kind: 'invalid',
    providerCode: 'detached',
    messageKey: 'mailbox.detached',
    messageValues: { mailbox },
    since: since.toISOString(),
    work: 'receive',
  }
}
