import { type Migration, Migrator } from 'kysely/migration'
import * as initial from './migrations/0001-initial.ts'
import type { Store } from './store.ts'

/** Every migration in order. Names stay for ever: they are what a database remembers. */
const migrations: Record<string, Migration> = { '0001-initial': initial }

/**
 * Brings the tables up to date; does nothing when they are. Servers that start together wait for one another
 * (kysely takes an advisory lock), and each run is one transaction: all of it or nothing. The tables of the job
 * queue are its own affair, made when it starts. Throws when a migration fails or the database is newer than this
 * version.
 */
export async function migrate({ db }: Pick<Store, 'db'>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
