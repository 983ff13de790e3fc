import type { Kysely } from 'kysely'
import { newId } from '../lib/new-id.ts'
import type { Database, PersonEventFacts, PersonEventTable } from '../store/schema.ts'

export interface NewPersonEvent {
  personId: string
  kind: PersonEventTable['kind']
  facts: PersonEventFacts
}

/** Rows a statement writes. */
const CHUNK = 500

/** Writes down what was changed of people, in the transaction that changes it. `actorId` is null for the operator. */
export async function notePersonEvents(
  tx: Kysely<Database>,
  { at, actorId, events }: { at: Date; actorId: string | null; events: readonly NewPersonEvent[] },
): Promise<void> {
  for (let start = 0; start < events.length; start += CHUNK) {
    await tx
      .insertInto('personEvent')
      .values(
        events.slice(start, start + CHUNK).map(({ personId, kind, facts }) => ({
          id: newId(),
          ...{ at, personId, kind, actorId, payload: JSON.stringify(facts) },
        })),
      )
      .execute()
  }
}
