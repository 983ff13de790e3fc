import { createHash } from 'node:crypto'
import { AppError } from '../../lib/app-error.ts'
import { inBothLanguages } from '../../lib/translate.ts'
import { loadPeople } from '../../people/load-people.ts'
import { lockPeople, type PlannedPerson, planPeople, type WantedPerson } from '../../people/plan-people.ts'
import {
  type MembershipChange,
  makeGroups,
  planMemberships,
  writeMemberships,
} from '../../people/write-groups.ts'
import { writePeople } from '../../people/write-people.ts'
import type { Context, Tx } from '../../store/context.ts'
import type { PersonChange } from '../../store/schema.ts'
import {
  type CsvPerson,
  type CsvProblem,
  type PeopleCsv,
  readPeopleCsv,
} from '../model/csv/read-people-csv.ts'
import { MAX_PROBLEMS } from '../model/problem.ts'

/** What an import does with somebody, or would. */
export interface CsvLine {
  line: number
  address: string
  name: string
  kind: 'added' | 'changed' | 'deactivated' | 'same'
  changes: PersonChange[]
  joins: string[]
  leaves: string[]
}

export interface CsvPlan {
  /** Stands for exactly these changes: whoever imports says which ones they have seen. */
  plan: string
  lines: CsvLine[]
  problems: CsvProblem[]
  ignored: string[]
}

/** What a file of people would change; changes nothing. */
export function checkPeopleCsv({ db }: Pick<Context, 'db'>, csv: string): Promise<CsvPlan> {
  const read = readPeopleCsv(csv)
  return db.transaction().execute(async (tx) => (await planCsv(tx, read)).told)
}

/**
 * Does what a file of people says, all of it or nothing, and writes down who changed whom. People whom it does not name stay as
 * they are. `plan` is that of the check before. Throws `invalid-people` with the problems by line, `import-changed` when
 * it would do something else by now, `own-access`.
 */
export async function importPeopleCsv(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { csv, plan, actorId }: { csv: string; plan: string; actorId: string | null },
): Promise<CsvPlan> {
  const read = readPeopleCsv(csv)
  const now = clock()
  return db.transaction().execute(async (tx) => {
    const { told, people, memberships, groups } = await planCsv(tx, read)
    if (told.problems.length > 0) {
      throw new AppError('invalid-people', {}, { problems: told.problems.slice(0, MAX_PROBLEMS) })
    }
    if (told.plan !== plan) throw new AppError('import-changed')
    await writePeople(tx, { people, actorId, now })
    await makeGroups(tx, { names: groups, actorId, now })
    await writeMemberships(tx, { changes: memberships, actorId, now })
    return told
  })
}

interface PlannedCsv {
  told: CsvPlan
  people: PlannedPerson[]
  memberships: MembershipChange[]
  groups: string[]
}

async function planCsv(tx: Tx, { people: rows, problems, ignored }: PeopleCsv): Promise<PlannedCsv> {
  await lockPeople(tx)
  const { wanted, nameless } = await complete(tx, rows)
  const planned = await planPeople(tx, wanted, { isImport: true })
  const rowOf = new Map(rows.map((row) => [row.address, row]))
  const all = [
    ...problems,
    ...nameless,
    ...planned.problems.map(({ person, message }) => ({
      ...{ line: rowOf.get(person)?.line ?? 1, address: person, path: person, message },
    })),
  ].toSorted((one, other) => one.line - other.line)

  const grouped = planned.people.flatMap(({ id, after }) => {
    const groups = rowOf.get(after.address)?.groups
    return groups === undefined ? [] : [{ id, groups }]
  })
  const memberships = await planMemberships(tx, grouped)
  const changesOf = Map.groupBy(memberships, ({ personId }) => personId)
  const lines = planned.people.map((person) =>
    lineOf(person, rowOf.get(person.after.address)?.line ?? 1, changesOf.get(person.id) ?? []),
  )
  const told = { plan: digestOf(lines), lines, problems: all, ignored }
  return { told, people: planned.people, memberships, groups: grouped.flatMap(({ groups }) => groups) }
}

/** What a line leaves out stays as it is; of somebody new it is what most people are. */
async function complete(
  tx: Tx,
  rows: CsvPerson[],
): Promise<{ wanted: WantedPerson[]; nameless: CsvProblem[] }> {
  const known = await loadPeople(tx, rows)
  const wanted: WantedPerson[] = []
  const nameless: CsvProblem[] = []
  for (const { line, groups: _, ...given } of rows) {
    const { address } = given
    const before = known.byAddress.get(address)?.state
    if (before === undefined && given.name === undefined) {
      const message = inBothLanguages('errors:problem.csv-name-missing')
      nameless.push({ line, address, path: address, message })
    } else {
      wanted.push({ ...(before ?? { ...newcomer, name: '' }), ...given })
    }
  }
  return { wanted, nameless }
}

const newcomer: Omit<WantedPerson, 'address' | 'name'> = {
  ...{ locale: 'en', role: 'member', active: true, manager: null, aliases: [] },
}

function lineOf(
  { before, after, changes }: PlannedPerson,
  line: number,
  memberships: MembershipChange[],
): CsvLine {
  const [joins, leaves] = [true, false].map((joining) =>
    memberships.filter(({ joins: is }) => is === joining).map(({ group }) => group),
  ) as [string[], string[]]
  const isSame = changes.length === 0 && memberships.length === 0
  const kind =
    before === null ? 'added' : isSame ? 'same' : before.active && !after.active ? 'deactivated' : 'changed'
  return { line, address: after.address, name: after.name, kind, changes, joins, leaves }
}

const digestOf = (lines: CsvLine[]): string =>
  createHash('sha256')
    .update(JSON.stringify(lines.filter(({ kind }) => kind !== 'same')))
    .digest('base64url')
