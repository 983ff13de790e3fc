import type { Kysely, Transaction } from 'kysely'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import type { Enqueue } from './enqueue.ts'
import type { KeyRing } from './key-ring.ts'
import type { Database } from './schema.ts'

export type Tx = Transaction<Database>

/** What use cases work with. `app.ts` makes it once and hands it down; nothing is imported as a singleton. */
export interface Context {
  db: Kysely<Database>
  clock: Clock
  log: Log
  /** Adds jobs inside the caller's transaction. */
  enqueue: Enqueue
  keys: KeyRing
  /** Where large raw messages are files; null keeps all of them in their rows. */
  rawDirectory: string | null
  /** Where people open our pages; null when the installation has no address for them. */
  publicUrl: string | null
}
