import { together } from './together.ts'

/** The settings of a mailbox, which has to exist. */
export const settingsOf = together(async (db, mailboxIds: readonly string[]) => {
  const mailboxes = await db
    .selectFrom('mailbox')
    .select(['id', 'settings'])
    .where('id', 'in', [...new Set(mailboxIds)])
    .execute()
  const byId = new Map(mailboxes.map(({ id, settings }) => [id, settings]))
  return mailboxIds.map((id) => byId.get(id) ?? new Error(`no mailbox ${id}`))
})
