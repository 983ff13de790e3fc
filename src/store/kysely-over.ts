import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'
import type { Database } from './schema.ts'

/**
 * The query builder over either database. Names are snake_case in SQL and camelCase here; keys inside JSON documents
 * (field names of a request, say) belong to their writers and stay as they are.
 */
export function kyselyOver(pool: Pool): Kysely<Database> {
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}
