import { type Config, readConfig } from '../../src/config/read-config.ts'

/** Where the organisation keeps its data: a folder for PGlite, a URL for PostgreSQL. */
export type Place = { dataDirectory: string } | { databaseUrl: string }

/** The environment of a process that works on this database. */
export function environmentOf(place: Place): Record<string, string> {
  return {
    COUNTERSIGN_LOG_LEVEL: 'error',
    // PostgreSQL needs a key from outside; all zeros is one that nobody mistakes for a real one.
    ...('databaseUrl' in place
      ? { DATABASE_URL: place.databaseUrl, COUNTERSIGN_KEY: Buffer.alloc(32).toString('base64') }
      : { COUNTERSIGN_DATA: place.dataDirectory }),
  }
}

export function configOf(place: Place): Config {
  return readConfig(environmentOf(place))
}
