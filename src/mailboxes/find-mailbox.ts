import type { Kysely } from 'kysely'
import { AppError } from '../lib/app-error.ts'
import type { Tx } from '../store/context.ts'
import type { Database } from '../store/schema.ts'
import type { MailboxRow } from './open-mailboxes.ts'

/** The mailbox of this name. Throws `mailbox-not-found`. */
export async function findMailbox(db: Kysely<Database>, name: string): Promise<MailboxRow> {
  return orRefuse(name, await named(db, name).executeTakeFirst())
}

/** The same, locked until the transaction ends against everybody else who would change it. */
export async function lockMailbox(tx: Tx, name: string): Promise<MailboxRow> {
  // Not `for update`: that would wait for everybody who writes a mail.
  return orRefuse(name, await named(tx, name).forNoKeyUpdate().executeTakeFirst())
}

function named(db: Kysely<Database>, name: string) {
  return db.selectFrom('mailbox').selectAll().where('name', '=', name)
}

function orRefuse(mailbox: string, row: MailboxRow | undefined): MailboxRow {
  if (!row) throw new AppError('mailbox-not-found', { mailbox })
  return row
}
