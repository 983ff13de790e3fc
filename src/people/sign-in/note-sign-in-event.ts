import type { Kysely } from 'kysely'
import { newId } from '../../lib/new-id.ts'
import type { Database, SignInEventTable } from '../../store/schema.ts'

/** Whence a call comes, for the record. */
export interface Origin {
  remoteAddress: string
  /** As the browser names itself, bounded. */
  userAgent: string
}

/** Writes down who signed in or out, or was refused. */
export async function noteSignInEvent(
  db: Kysely<Database>,
  event: { kind: SignInEventTable['kind']; at: Date; personId: string | null; from: Origin },
): Promise<void> {
  const { kind, at, personId, from } = event
  await db
    .insertInto('signInEvent')
    .values({ id: newId(), kind, at, personId, ...from })
    .execute()
}
