import type { FieldProblem } from '../../../lib/app-error.ts'
import { foldAddress } from '../../../lib/fold-address.ts'
import { inBothLanguages } from '../../../lib/translate.ts'
import { withoutUndefined } from '../../../lib/without-undefined.ts'
import { lineFormat } from '../format-parts.ts'
import { mailAddressPattern } from '../mail-address.ts'
import { betweenAddresses, betweenGroups, readActive, readList, readLocale, readRole } from './cells.ts'
import { type ColumnName, columnCalled } from './columns.ts'
import { readTable, type TableRow } from './read-table.ts'

const MAX_BYTES = 4 * 1024 * 1024
const MAX_ROWS = 20_000
const MAX_ALIASES = 50
const MAX_GROUPS = 100

/** Somebody as a line has them. What it has no column for, or nothing in it, is left out: it stays as it is. */
export interface CsvPerson {
  line: number
  address: string
  name?: string
  locale?: 'en' | 'fr'
  role?: 'member' | 'auditor' | 'administrator'
  active?: boolean
  /** Null where the column is there and empty: nobody. */
  manager?: string | null
  aliases?: string[]
  groups?: string[]
}

export interface CsvProblem extends FieldProblem {
  line: number
  /** As it stands in the file, where there is one. */
  address: string
}

export interface PeopleCsv {
  people: CsvPerson[]
  problems: CsvProblem[]
  /** Columns that mean nothing here. */
  ignored: string[]
}

/** Reads a file of people. Never throws; people whose line has a problem are left out. Addresses are folded. */
export function readPeopleCsv(text: string): PeopleCsv {
  const nothing = (line: number, key: string, values = {}): PeopleCsv => ({
    people: [],
    ignored: [],
    problems: [problem({ line, cells: [] }, '', key, values)],
  })
  if (Buffer.byteLength(text) > MAX_BYTES) return nothing(1, 'too-large', { most: MAX_BYTES / 1024 / 1024 })
  const table = readTable(text, { mostRows: MAX_ROWS })
  if ('unreadable' in table) return nothing(table.unreadable.line, 'unreadable', table.unreadable)
  const { header, rows } = table
  if (rows.length > MAX_ROWS) return nothing(1, 'too-many', { most: MAX_ROWS })

  const columns = header.cells.map(columnCalled)
  if (!columns.includes('address')) return nothing(header.line, 'no-address')
  const twice = columns.find((column, index) => column !== null && columns.indexOf(column) !== index)
  if (twice) return nothing(header.line, 'column-twice', { column: header.cells[columns.lastIndexOf(twice)] })
  if (rows.length === 0) return nothing(header.line, 'empty')

  const read = rows.map((row) => readRow(row, columns))
  const people = read.flatMap((each) => ('person' in each ? each.person : []))
  return {
    ...withoutTwice(
      people,
      read.flatMap((each) => ('problems' in each ? each.problems : [])),
    ),
    ignored: header.cells.filter((name, index) => columns[index] === null && name !== ''),
  }
}

function readRow(
  row: TableRow,
  columns: (ColumnName | null)[],
): { person: CsvPerson } | { problems: CsvProblem[] } {
  const cell = (column: ColumnName): string | undefined => {
    const index = columns.indexOf(column)
    return index === -1 ? undefined : (row.cells[index] ?? '')
  }
  const written = cell('address') ?? ''
  const address = foldAddress(written)
  const problems: CsvProblem[] = []
  const refuse = (key: string, values: Record<string, string | number> = {}) => {
    problems.push(problem(row, address, key, values))
  }
  /** What a cell holds; undefined where nothing is said. */
  function value<Value>(column: ColumnName, read: (text: string) => Value | null, key: string) {
    const text = cell(column)
    if (text === undefined || text === '') return undefined
    const found = read(text)
    if (found === null) refuse(key, { value: text.slice(0, 100) })
    return found ?? undefined
  }
  const mailAddress = (text: string) => {
    const folded = foldAddress(text)
    return mailAddressPattern.test(folded) ? folded : null
  }

  if (written === '') refuse('address-missing')
  else if (mailAddress(written) === null) refuse('address-invalid', { value: written.slice(0, 100) })
  const line = (text: string) => lineFormat(100).safeParse(text).data ?? null
  const person: CsvPerson = { line: row.line, address }
  const given = {
    name: value('name', line, 'name-invalid'),
    locale: value('locale', readLocale, 'locale-unknown'),
    role: value('role', readRole, 'role-unknown'),
    active: value('active', readActive, 'active-unknown'),
    manager: cell('manager') === '' ? null : value('manager', mailAddress, 'address-invalid'),
    aliases: list('aliases', betweenAddresses, MAX_ALIASES, mailAddress, 'address-invalid'),
    groups: list('groups', betweenGroups, MAX_GROUPS, line, 'group-invalid'),
  }
  if (problems.length > 0) return { problems }
  return { person: { ...person, ...withoutUndefined(given) } }

  function list(
    column: ColumnName,
    separators: RegExp,
    most: number,
    read: (text: string) => string | null,
    key: string,
  ): string[] | undefined {
    const text = cell(column)
    if (text === undefined) return undefined
    // `smtp:` stands before the addresses of a directory.
    const entries = readList(text, separators).map((entry) => entry.replace(/^smtp:/i, ''))
    if (entries.length > most) refuse('list-too-long', { most })
    return entries.slice(0, most).flatMap((entry) => {
      const found = read(entry)
      if (found === null) refuse(key, { value: entry.slice(0, 100) })
      return found === null || found === address ? [] : found
    })
  }
}

/** One address, one person: of two lines that claim one, the later is told. */
function withoutTwice(people: CsvPerson[], problems: CsvProblem[]): Pick<PeopleCsv, 'people' | 'problems'> {
  const lines = new Map<string, CsvPerson>()
  const kept = people.filter((person) => {
    const owned = [person.address, ...(person.aliases ?? [])]
    const taken = owned.find((address) => lines.has(address) && lines.get(address) !== person)
    if (taken === undefined) for (const address of owned) lines.set(address, person)
    else {
      const { line } = lines.get(taken) ?? person
      problems.push(
        problem({ line: person.line, cells: [] }, person.address, 'address-twice', { address: taken, line }),
      )
    }
    return taken === undefined
  })
  return { people: kept, problems: problems.toSorted((one, other) => one.line - other.line) }
}

function problem(row: TableRow, address: string, key: string, values: object): CsvProblem {
  const message = inBothLanguages(`errors:problem.csv-${key}`, { ...values })
  return { line: row.line, address, path: address || 'csv', message }
}
