import type { z } from 'zod'
import type { Locale } from '../../../lib/translate.ts'
import { lookAtBacklog } from '../../../outbound/expected-times.ts'
import type { Context } from '../../../store/context.ts'
import { personRefOf } from '../../person-ref.ts'
import { type mailboxView, toMailboxView } from './mailbox-view.ts'

/** Far above the number of mailboxes of any organisation. */
const MOST_MAILBOXES = 1_000

/** The mailboxes as an administrator sees them, by name; or the one of this name. */
export async function loadMailboxViews(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  locale: Locale,
  name?: string,
): Promise<z.output<typeof mailboxView>[]> {
  let query = db
    .selectFrom('mailbox')
    .selectAll('mailbox')
    .select((from) =>
      from
        .selectFrom('person')
        .select((person) => personRefOf(person).as('person'))
        .whereRef('person.id', '=', 'mailbox.pausedBy')
        .as('pausedByPerson'),
    )
    .orderBy('name')
    .limit(MOST_MAILBOXES)
  if (name !== undefined) query = query.where('mailbox.name', '=', name)
  const rows = await query.execute()
  const pushes = await db
    .selectFrom('mailboxPush')
    .select(['mailboxId', 'state', 'expiresAt', 'trouble'])
    .execute()
  const byMailbox = new Map(pushes.map((push) => [push.mailboxId, push]))
  const views: z.output<typeof mailboxView>[] = []
  for (const row of rows) {
    const backlog = await lookAtBacklog(db, row, clock())
    const found = { push: byMailbox.get(row.id), backlog, now: clock(), pausedBy: row.pausedByPerson }
    views.push(toMailboxView(row, found, locale))
  }
  return views
}
