import type { Context } from '../../store/context.ts'
import { applicationOf } from '../application-of.ts'

/** The mailboxes of this installation that an application opens: all of them are to stay open when it is limited. */
export async function addressesOfApplication(db: Context['db'], clientId: string): Promise<string[]> {
  const rows = await db.selectFrom('mailbox').select('settings').orderBy('name').execute()
  return rows.flatMap(({ settings }) => (applicationOf(settings)?.clientId === clientId ? settings.user : []))
}
