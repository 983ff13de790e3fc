import type { Kysely } from 'kysely'
import { foldKeyword } from '../lib/fold-keyword.ts'
import type { Database } from '../store/schema.ts'
import { findPersonByAddress, isMember, type Person } from './find-person.ts'

/** More that a name fits are not looked for: nobody chooses among them. */
const MOST_CALLED = 20

/**
 * The active people whom an address or a name means, all of them or those of a group; at most twenty. An address means
 * whoever has it. A name means those who are called exactly that, in any order (`ROY Nadia`); failing these, those of
 * whose name it is a part (`Nadia`).
 */
export async function findPeopleCalled(
  db: Kysely<Database>,
  written: string,
  among: { groupId: string } | 'everybody',
): Promise<Person[]> {
  if (written.includes('@')) {
    const person = await findPersonByAddress(db, written)
    if (person === null) return []
    const isAmong = among === 'everybody' || (await isMember(db, { ...among, personId: person.id }))
    return isAmong ? [person] : []
  }
  const wanted = namesIn(written)
  if (wanted.length === 0) return []
  const named = (await activePeople(db, among)).map((person) => ({ ...person, names: namesIn(person.name) }))
  const fitting = named.filter(({ names }) => isPart(wanted, names))
  const exact = fitting.filter(({ names }) => names.length === wanted.length)
  const ids = (exact.length > 0 ? exact : fitting).slice(0, MOST_CALLED).map(({ id }) => id)
  if (ids.length === 0) return []
  return db.selectFrom('person').selectAll().where('id', 'in', ids).orderBy('name').orderBy('id').execute()
}

/** A name in its folded words: capitals, accents, hyphens and commas do not count. */
function namesIn(name: string): string[] {
  return foldKeyword(name).split(' ').filter(Boolean)
}

/** Whether each of the words is one of the names; a word that comes twice, twice. */
function isPart(words: string[], names: string[]): boolean {
  const left = [...names]
  return words.every((word) => {
    const at = left.indexOf(word)
    if (at !== -1) left.splice(at, 1)
    return at !== -1
  })
}

/** Names are folded by our own rules, which the database does not know, so all are read: 20,000 take a moment. */
function activePeople(
  db: Kysely<Database>,
  among: { groupId: string } | 'everybody',
): Promise<{ id: string; name: string }[]> {
  const people = db
    .selectFrom('person')
    .select(['person.id', 'person.name'])
    .where('person.active', '=', true)
  if (among === 'everybody') return people.execute()
  return people
    .innerJoin('groupMember', 'groupMember.personId', 'person.id')
    .where('groupMember.groupId', '=', among.groupId)
    .execute()
}
