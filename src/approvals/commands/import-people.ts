import { AppError } from '../../lib/app-error.ts'
import { newId } from '../../lib/new-id.ts'
import type { Context, Tx } from '../../store/context.ts'
import type { ImportedGroup, ImportedPerson } from '../model/people-import.ts'
import { readPeople } from '../model/read-people.ts'

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
    await writeAliases(tx, checked.people, ids)
    await writeGroups(tx, checked.groups, ids)
  })
  return { people: checked.people.length, groups: checked.groups.length }
}

async function writePeople(tx: Tx, context: Context, people: ImportedPerson[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const { address, name, locale, role, active } of people) {
    const { id } = await tx
      .insertInto('person')
      .values({
        id: newId(),
        address,
        name,
        locale,
        managerId: null,
        role,
        active,
        createdAt: context.clock(),
      })
      .onConflict((conflict) => conflict.column('address').doUpdateSet({ name, locale, role, active }))
      .returning('id')
      .executeTakeFirstOrThrow()
    ids.set(address, id)
  }
  for (const { address, manager } of people) {
    await tx
      .updateTable('person')
      .set({ managerId: manager === null ? null : (ids.get(manager) ?? null) })
      .where('address', '=', address)
      .execute()
  }
  return ids
}

/** An address has one owner: one that somebody outside the text has is refused, with both named. */
async function writeAliases(tx: Tx, people: ImportedPerson[], ids: Map<string, string>): Promise<void> {
  if (people.length === 0) return
  await tx
    .deleteFrom('personAlias')
    .where('personId', 'in', [...ids.values()])
    .execute()
  for (const { address, aliases } of people) {
    const personId = ids.get(address)
    if (personId === undefined) throw new Error(`${address} was not written`)
    for (const alias of aliases) {
      const owner = await tx
        .selectFrom('person')
        .leftJoin('personAlias', 'personAlias.personId', 'person.id')
        .select('person.address')
        .where((where) =>
          where.or([where('person.address', '=', alias), where('personAlias.address', '=', alias)]),
        )
        .executeTakeFirst()
      if (owner) throw aliasTaken(address, alias, owner.address)
      await tx.insertInto('personAlias').values({ address: alias, personId }).execute()
    }
    const borrowed = await tx
      .selectFrom('personAlias')
      .innerJoin('person', 'person.id', 'personAlias.personId')
      .select('person.address')
      .where('personAlias.address', '=', address)
      .executeTakeFirst()
    if (borrowed) throw aliasTaken(borrowed.address, address, address)
  }
}

function aliasTaken(person: string, alias: string, owner: string): AppError {
  const message = {
    en: `${alias} cannot be another address of ${person}: it belongs to ${owner}. Remove it from one of the two.`,
    fr: `${alias} ne peut pas être une autre adresse de ${person} : elle appartient à ${owner}. Retirez-la de l’une des deux personnes.`,
  }
  return new AppError('invalid-people', {}, { problems: [{ path: person, message }] })
}

async function writeGroups(tx: Tx, groups: ImportedGroup[], ids: Map<string, string>): Promise<void> {
  for (const { name, members } of groups) {
    const { id: groupId } = await tx
      .insertInto('peopleGroup')
      .values({ id: newId(), name })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ name }))
      .returning('id')
      .executeTakeFirstOrThrow()
    await tx.deleteFrom('groupMember').where('groupId', '=', groupId).execute()
    const personIds = members.map((address) => ids.get(address)).filter((id) => id !== undefined)
    if (personIds.length === 0) continue
    await tx
      .insertInto('groupMember')
      .values(personIds.map((personId) => ({ groupId, personId })))
      .execute()
  }
}
