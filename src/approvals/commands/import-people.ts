import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import { newId } from '../../lib/new-id.ts'
import { inBothLanguages } from '../../lib/translate.ts'
import { shutOutLeavers } from '../../people/sign-in/sessions.ts'
import type { Context, Tx } from '../../store/context.ts'
import type { ImportedGroup, ImportedPerson } from '../model/people-import.ts'
import { MAX_PROBLEMS } from '../model/problem.ts'
import { readPeople } from '../model/read-people.ts'

/** How many rows a statement writes. */
const CHUNK = 500

/** Ids of what was written, by address or name. */
type Ids = ReadonlyMap<string, string>

export interface ImportedPeople {
  people: number
  groups: number
}

/**
 * Imports people and groups: somebody known by their address is changed, somebody new is added, and groups in the
 * text get exactly the members that it names. People and groups that it does not name stay as they are.
 * Throws `invalid-people` with the problems.
 */
export async function importPeople(context: Context, text: string): Promise<ImportedPeople> {
  const { people: checked, problems } = readPeople(text)
  if (checked === null) throw new AppError('invalid-people', {}, { problems })
  await context.db.transaction().execute(async (tx) => {
    const ids = await writePeople(tx, context, checked.people)
    await shutOutLeavers(tx)
    await writeAliases(tx, checked.people, ids)
    await writeGroups(tx, checked.groups, ids)
  })
  return { people: checked.people.length, groups: checked.groups.length }
}

async function writePeople(tx: Tx, context: Context, people: ImportedPerson[]): Promise<Ids> {
  const ids = new Map<string, string>()
  const createdAt = context.clock()
  for await (const chunk of chunksOf(people)) {
    const written = await tx
      .insertInto('person')
      .values(
        chunk.map(({ address, name, locale, role, active }) => ({
          id: newId(),
          address,
          name,
          locale,
          managerId: null,
          role,
          active,
          createdAt,
        })),
      )
      .onConflict((conflict) =>
        conflict.column('address').doUpdateSet(({ ref }) => ({
          name: ref('excluded.name'),
          locale: ref('excluded.locale'),
          role: ref('excluded.role'),
          active: ref('excluded.active'),
        })),
      )
      .returning(['id', 'address'])
      .execute()
    for (const { id, address } of written) ids.set(address, id)
  }
  // A manager may stand anywhere in the text, so everybody is written first.
  for await (const chunk of chunksOf(people)) {
    const managers = chunk.map(({ manager }) => (manager === null ? null : idOf(ids, manager)))
    await sql`
      update person set manager_id = given.manager_id
      from unnest(${idsOf(ids, chunk)}::uuid[], ${managers}::uuid[]) as given (id, manager_id)
      where person.id = given.id
    `.execute(tx)
  }
  return ids
}

async function writeAliases(tx: Tx, people: ImportedPerson[], ids: Ids): Promise<void> {
  for await (const chunk of chunksOf(people)) {
    await tx.deleteFrom('personAlias').where('personId', 'in', idsOf(ids, chunk)).execute()
  }
  const given = people.flatMap(({ address, aliases }) =>
    [address, ...aliases].map((each) => ({ address: each, person: address })),
  )
  for await (const chunk of chunksOf(given)) await refuseTaken(tx, chunk)
  for await (const chunk of chunksOf(given.filter(({ address, person }) => address !== person))) {
    await tx
      .insertInto('personAlias')
      .values(chunk.map(({ address, person }) => ({ address, personId: idOf(ids, person) })))
      .execute()
  }
}

/**
 * An address has one owner: one that somebody outside the text has is refused, with both named. The text's own people
 * are in `person` by now, and their aliases are not in `personAlias`.
 */
async function refuseTaken(tx: Tx, given: { address: string; person: string }[]): Promise<void> {
  const people = new Map(given.map(({ address, person }) => [address, person]))
  const addresses = [...people.keys()]
  const owned = await tx
    .selectFrom('person')
    .select(['address', 'address as owner'])
    .where('address', 'in', addresses)
    .unionAll(
      tx
        .selectFrom('personAlias')
        .innerJoin('person', 'person.id', 'personAlias.personId')
        .select(['personAlias.address', 'person.address as owner'])
        .where('personAlias.address', 'in', addresses),
    )
    .execute()
  const problems = owned.flatMap(({ address, owner }) => {
    const person = people.get(address) ?? ''
    if (person === owner) return []
    // A main address outweighs an alias: it is the one outside who has to give it up.
    return [address === person ? aliasTaken(owner, address, person) : aliasTaken(person, address, owner)]
  })
  if (problems.length > 0) {
    throw new AppError('invalid-people', {}, { problems: problems.slice(0, MAX_PROBLEMS) })
  }
}

function aliasTaken(person: string, alias: string, owner: string): FieldProblem {
  const message = inBothLanguages('errors:problem.alias-taken', { person, alias, owner })
  return { path: person, message }
}

async function writeGroups(tx: Tx, groups: ImportedGroup[], ids: Ids): Promise<void> {
  const groupIds = new Map<string, string>()
  for await (const chunk of chunksOf(groups)) {
    const written = await tx
      .insertInto('peopleGroup')
      .values(chunk.map(({ name }) => ({ id: newId(), name })))
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet(({ ref }) => ({ name: ref('excluded.name') })),
      )
      .returning(['id', 'name'])
      .execute()
    for (const { id, name } of written) groupIds.set(name, id)
    await tx
      .deleteFrom('groupMember')
      .where(
        'groupId',
        'in',
        written.map(({ id }) => id),
      )
      .execute()
  }
  const members = groups.flatMap(({ name, members }) =>
    members.map((member) => ({ groupId: idOf(groupIds, name), personId: idOf(ids, member) })),
  )
  for await (const chunk of chunksOf(members)) await tx.insertInto('groupMember').values(chunk).execute()
}

/**
 * The rows in chunks. After each the event loop has a turn: the embedded database works on this thread, and a long
 * import would otherwise let nobody else be answered.
 */
async function* chunksOf<Row>(rows: Row[]): AsyncGenerator<Row[]> {
  for (let start = 0; start < rows.length; start += CHUNK) {
    yield rows.slice(start, start + CHUNK)
    await setImmediate()
  }
}

const idsOf = (ids: Ids, people: ImportedPerson[]) => people.map(({ address }) => idOf(ids, address))

function idOf(ids: Ids, key: string): string {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`${key} was not written`)
  return id
}
