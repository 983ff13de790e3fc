import { newId } from '../lib/new-id.ts'
import type { Tx } from '../store/context.ts'
import type { MailboxChangeTable, ToldChange } from '../store/schema.ts'

/** What somebody did to a mailbox's configuration. */
export interface Change {
  mailboxId: string
  at: Date
  /** The administrator; null for the operator. */
  actorId: string | null
  kind: MailboxChangeTable['kind']
  changes?: readonly ToldChange[]
}

/** Writes it into the mailbox's history, in the transaction that does it. */
export async function noteChange(tx: Tx, { changes = [], ...change }: Change): Promise<void> {
  await tx
    .insertInto('mailboxChange')
    .values({ id: newId(), ...change, changes: JSON.stringify(changes) })
    .execute()
}
