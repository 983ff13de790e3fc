import { CSV_MARK, csvLine } from '../../lib/csv.ts'
import { loadPeople } from '../../people/load-people.ts'
import type { Context, Tx } from '../../store/context.ts'

/** People held in memory at a time, apart from the text. */
const PAGE = 500

const columns = ['address', 'name', 'language', 'manager', 'role', 'active', 'aliases', 'groups']

/**
 * Everybody by name as a file that `readPeopleCsv` reads: imported again it changes nothing. But for a name that a spreadsheet
 * would take for a formula: it begins with an apostrophe then (`csvLine`).
 */
export function exportPeopleCsv({ db }: Pick<Context, 'db'>): Promise<{ csv: string; people: number }> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const lines = [CSV_MARK + csvLine(columns)]
      for await (const line of peopleLines(tx)) lines.push(line)
      return { csv: lines.join(''), people: lines.length - 1 }
    })
}

async function* peopleLines(tx: Tx): AsyncGenerator<string> {
  let after = ''
  for (;;) {
    const page = await tx
      .selectFrom('person')
      .select(['id', 'searchText'])
      .where('searchText', '>', after)
      .orderBy('searchText')
      .limit(PAGE)
      .execute()
    const { byId } = await loadPeople(tx, page)
    const groups = await groupsOf(
      tx,
      page.map(({ id }) => id),
    )
    for (const { id } of page) {
      const person = byId.get(id)?.state
      if (!person) continue
      yield csvLine([
        ...[person.address, person.name, person.locale, person.manager ?? '', person.role],
        person.active ? 'yes' : 'no',
        person.aliases.join('|'),
        (groups.get(id) ?? []).map(({ name }) => name).join('|'),
      ])
    }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.searchText
  }
}

async function groupsOf(tx: Tx, personIds: string[]) {
  if (personIds.length === 0) return new Map<string, { name: string }[]>()
  const rows = await tx
    .selectFrom('groupMember')
    .innerJoin('peopleGroup', 'peopleGroup.id', 'groupMember.groupId')
    .select(['groupMember.personId', 'peopleGroup.name'])
    .where('groupMember.personId', 'in', personIds)
    .orderBy('peopleGroup.name')
    .execute()
  return Map.groupBy(rows, ({ personId }) => personId)
}
