import type { Pool } from 'pg'

/**
 * Vacuums and analyzes the tables that have changed much since the last time, which is what autovacuum does on a
 * server. PGlite has none: without this its tables grow for ever and its plans are made on guesses. Returns the names
 * of those tables. Thresholds as PostgreSQL's own (autovacuum_vacuum_threshold, _scale_factor).
 */
export async function vacuumChanged(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(`
    select format('%I.%I', schemaname, relname) as name
    from pg_stat_user_tables
    where greatest(n_dead_tup, n_mod_since_analyze) > 50 + 0.2 * n_live_tup
  `)
  // One statement each, so that others have their turn on the connection in between.
  for (const { name } of rows) await pool.query(`vacuum (analyze) ${name}`)
  return rows.map(({ name }) => name)
}
