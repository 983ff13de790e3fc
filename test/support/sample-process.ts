import { sql } from 'kysely'
import { newId } from '../../src/lib/new-id.ts'
import type { Store } from '../../src/store/store.ts'

/** A person, a mailbox and a process whose requests tests of the store can make; the contents mean nothing. */
export async function insertSampleProcess({ db }: Pick<Store, 'db'>) {
  const [personId, mailboxId, processId] = [newId(), newId(), newId()]
  await sql`
    with made_person as (
      insert into person (id, address, name, locale, role, created_at)
      values (${personId}, ${`${personId}@contoso.example`}, 'Ana Silva', 'en', 'member', now())
    ), made_mailbox as (
      insert into mailbox (id, name, settings, state, start_from)
      values (${mailboxId}, ${mailboxId}, '{}', 'running', now())
    )
    insert into process (id, name, version, status, definition, source, digest, mailbox_id, imported_at)
    values (${processId}, ${processId}, 1, 'active', '{}', '{}', '', ${mailboxId}, now())
  `.execute(db)
  return { personId, mailboxId, processId }
}

/** An open request of that process; returns its number. */
export async function insertSampleRequest(
  { db }: Pick<Store, 'db'>,
  { personId, processId }: { personId: string; processId: string },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into request (process_id, requester_id, title, data, status, input_digest, created_at)
    values (${processId}, ${personId}, 'A chair', '{}', 'open', '', now())
    returning id
  `.execute(db)
  return rows[0]?.id ?? 0
}
