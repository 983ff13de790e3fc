import { AppError } from '../lib/app-error.ts'
import type { Context } from '../store/context.ts'
import type { PersonChange } from '../store/schema.ts'
import type { Person } from './find-person.ts'
import { notePersonEvents } from './note-person-event.ts'

/** In which language and at which hour somebody reads what is written to them. */
export interface OwnSettings {
  locale: Person['locale']
  /** IANA; null for that of the mailbox a mail comes from. */
  timeZone: string | null
}

/** Saves what somebody chose for themselves, which imports leave as it is; what changes is on record. Throws `person-not-found` of who has left. */
export async function saveOwnSettings(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  personId: string,
  chosen: OwnSettings,
): Promise<Person> {
  return db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('person')
      .select(['locale', 'timeZone'])
      .where('id', '=', personId)
      .where('active', '=', true)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!before) throw new AppError('person-not-found', { person: personId })
    const { locale, timeZone } = chosen
    const saved = await tx
      .updateTable('person')
      .set({ locale, localeChosen: true, timeZone })
      .where('id', '=', personId)
      .returningAll()
      .executeTakeFirstOrThrow()
    const changes = (['locale', 'timeZone'] as const)
      .filter((field) => before[field] !== chosen[field])
      .map((field): PersonChange => ({ field, from: before[field], to: chosen[field] }))
    if (changes.length > 0) {
      const events = [{ personId, kind: 'changed' as const, facts: { changes } }]
      await notePersonEvents(tx, { at: clock(), actorId: personId, events })
    }
    return saved
  })
}
