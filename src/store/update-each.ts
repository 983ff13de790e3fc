import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from './schema.ts'
import { toJson } from './to-json.ts'

/** Tables whose rows are known by an id. */
type Table = { [Name in keyof Database]: 'id' extends keyof Database[Name] ? Name : never }[keyof Database]

type Id<Name extends Table> = Name extends 'request' ? number : string

/** The new values of a row, named by its id; those inside JSON columns as they are, not as text. */
export type RowChange<Name extends Table> = { id: Id<Name> } & Partial<Selectable<Database[Name]>>

/**
 * Gives each row its own values, in one statement, and returns the ids of those that were changed. All changes set the
 * same columns. With `where`, only rows that have these values now are changed. The table's own row type reads the
 * values (jsonb_populate_recordset), so that no cast is written twice.
 */
export async function updateEach<Name extends Table>(
  db: Kysely<Database>,
  table: Name,
  changes: readonly RowChange<Name>[],
  where: Partial<Record<keyof Database[Name] & string, string>> = {},
): Promise<Set<Id<Name>>> {
  const [first] = changes
  if (!first) return new Set()
  const columns = Object.keys(first).filter((column) => column !== 'id')
  if (changes.some((change) => Object.keys(change).length !== columns.length + 1)) {
    throw new Error(`changes of ${table} that set different columns`)
  }
  const values = toJson(changes.map(inColumns))
  const set = columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`changed.${column}`)}`)
  const conditions = Object.entries(where).map(
    ([column, value]) => sql`and ${sql.ref(`${table}.${column}`)} = ${value}`,
  )
  const { rows } = await sql<{ id: Id<Name> }>`
    update ${sql.table(table)} set ${sql.join(set)}
    from jsonb_populate_recordset(null::${sql.table(table)}, ${values}::jsonb) as changed
    where ${sql.ref(`${table}.id`)} = changed.id ${sql.join(conditions, sql` `)}
    returning ${sql.ref(`${table}.id`)}`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** A row as the database names its columns; only the names of the row itself, not those inside JSON. */
function inColumns(change: object): object {
  return Object.fromEntries(
    Object.entries(change).map(([column, value]) => [
      column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  )
}
