import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely'
import type { Database } from '../store/schema.ts'
import type { MailboxRow } from './open-mailboxes.ts'

/** For `where`: the mailbox has the settings and secrets still with which a row of it was called. */
export function hasSettingsOf({ settings, secrets }: Pick<MailboxRow, 'settings' | 'secrets'>) {
  return (where: ExpressionBuilder<Database, 'mailbox'>): ExpressionWrapper<Database, 'mailbox', SqlBool> =>
    where.and([
      where(sql`settings::jsonb`, '=', sql`${JSON.stringify(settings)}::jsonb`),
      where('secrets', 'is not distinct from', secrets),
    ])
}
