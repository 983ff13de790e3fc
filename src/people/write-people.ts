import { sql } from 'kysely'
import { AppError } from '../lib/app-error.ts'
import type { Tx } from '../store/context.ts'
import { chunksOf } from './chunks-of.ts'
import { notePersonEvents } from './note-person-event.ts'
import type { PlannedPerson } from './plan-people.ts'
import { shutOutLeavers } from './sign-in/sessions.ts'

/**
 * Makes people as planned, and writes down who changed what. Those without changes are left alone. Throws `own-access` when
 * somebody would take the administration from themselves: another administrator does that.
 */
export async function writePeople(
  tx: Tx,
  { people, actorId, now }: { people: readonly PlannedPerson[]; actorId: string | null; now: Date },
): Promise<void> {
  const changed = people.filter(({ changes }) => changes.length > 0)
  if (changed.some((person) => person.id === actorId && losesAdministration(person))) {
    throw new AppError('own-access')
  }
  for await (const chunk of chunksOf(changed)) {
    await tx
      .insertInto('person')
      .values(
        chunk.map(({ id, after: { address, name, locale, role, active } }) => ({
          ...{ id, address, name, locale, role, active },
          managerId: null,
          createdAt: now,
        })),
      )
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(({ ref }) => ({
          address: ref('excluded.address'),
          name: ref('excluded.name'),
          locale: ref('excluded.locale'),
          role: ref('excluded.role'),
          active: ref('excluded.active'),
        })),
      )
      .execute()
  }
  await writeManagers(tx, changed.filter(has('manager')))
  await writeAliases(tx, changed.filter(has('aliases')))
  if (changed.some(has('active'))) await shutOutLeavers(tx)
  await notePersonEvents(tx, {
    ...{ at: now, actorId },
    events: changed.map(({ id, before, changes }) => ({
      ...{ personId: id, kind: before === null ? 'added' : 'changed' },
      facts: { changes },
    })),
  })
}

const has =
  (field: string) =>
  ({ changes }: PlannedPerson): boolean =>
    changes.some((change) => change.field === field)

function losesAdministration({ before, after }: PlannedPerson): boolean {
  return before?.role === 'administrator' && (after.role !== 'administrator' || !after.active)
}

/** After everybody is written: a manager may be among those who are added. */
async function writeManagers(tx: Tx, people: readonly PlannedPerson[]): Promise<void> {
  for await (const chunk of chunksOf(people)) {
    const ids = chunk.map(({ id }) => id)
    const managers = chunk.map(({ after }) => after.manager)
    await sql`
      update person set manager_id = manager.id
      from unnest(${ids}::uuid[], ${managers}::text[]) as given (id, manager)
      left join person as manager on manager.address = given.manager
      where person.id = given.id
    `.execute(tx)
  }
}

/** All are taken away first: an alias may move from one person to another. */
async function writeAliases(tx: Tx, people: readonly PlannedPerson[]): Promise<void> {
  for await (const chunk of chunksOf(people)) {
    const ids = chunk.map(({ id }) => id)
    await tx.deleteFrom('personAlias').where('personId', 'in', ids).execute()
  }
  const aliases = people.flatMap(({ id, after }) =>
    after.aliases.map((address) => ({ address, personId: id })),
  )
  for await (const chunk of chunksOf(aliases)) await tx.insertInto('personAlias').values(chunk).execute()
}
