import { newId } from '../lib/new-id.ts'
import type { Context } from '../store/context.ts'
import { isDown } from './is-down.ts'

/**
 * Keeps the outages in step with the mailboxes: one begins when a mailbox is down, and ends when it has shown that it
 * works or is switched off. Two at a time would begin one twice; the queue sees to it.
 */
export async function noteOutages(context: Context): Promise<void> {
  const now = context.clock()
  await context.db.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('mailbox')
      .leftJoin('mailboxOutage', (join) =>
        join.onRef('mailboxOutage.mailboxId', '=', 'mailbox.id').on('mailboxOutage.endedAt', 'is', null),
      )
      .select(['mailbox.id', 'mailbox.name', 'mailbox.state', 'mailbox.trouble', 'mailbox.failures'])
      .select('mailboxOutage.id as outageId')
      .execute()
    for (const { id, name, state, trouble, failures, outageId } of rows) {
      if (outageId !== null && (failures === 0 || state === 'disabled')) {
        await tx
          .updateTable('mailboxOutage')
          .set({ endedAt: now, attempts: 0, nextAttemptAt: now })
          .where('id', '=', outageId)
          .execute()
        context.log.info({ mailbox: name, outage: outageId }, 'the outage of a mailbox is over')
      } else if (outageId === null && trouble !== null && isDown({ state, trouble }, now)) {
        const outage = { id: newId(), mailboxId: id, trouble: JSON.stringify(trouble), endedAt: null }
        await tx
          .insertInto('mailboxOutage')
          .values({ ...outage, told: 'nothing', nextAttemptAt: now })
          .execute()
        context.log.error({ mailbox: name, outage: outage.id, since: trouble.since }, 'a mailbox is down')
      }
    }
  })
}
