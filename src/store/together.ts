import DataLoader from 'dataloader'
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** PostgreSQL takes 65,535 parameters in a statement, and a row here has fewer than forty. */
const MOST_AT_ONCE = 500

/**
 * Makes a statement over many out of calls for one: what is called at the same moment, on the same database or
 * transaction, runs as one. `run` gets the inputs in the order of the calls and answers with one output each, in that
 * order; an `Error` among them is thrown by its own call alone, what `run` itself throws by every one of them.
 *
 * So what is done about one reply reads as if it were alone, and fifty that are worked side by side cost little more
 * statements than one. Nothing is remembered between two moments: each call asks the database.
 */
export function together<Input, Output>(
  run: (db: Kysely<Database>, inputs: readonly Input[]) => Promise<(Output | Error)[]>,
): (db: Kysely<Database>, input: Input) => Promise<Output> {
  const loaders = new WeakMap<Kysely<Database>, DataLoader<Input, Output>>()
  return (db, input) => {
    let loader = loaders.get(db)
    if (!loader) {
      loader = new DataLoader((inputs) => run(db, inputs), { cache: false, maxBatchSize: MOST_AT_ONCE })
      loaders.set(db, loader)
    }
    return loader.load(input)
  }
}

/** As `together`, for what has nothing to answer with. */
export function writeTogether<Input>(
  run: (db: Kysely<Database>, inputs: readonly Input[]) => Promise<unknown>,
): (db: Kysely<Database>, input: Input) => Promise<void> {
  return together(async (db, inputs) => {
    await run(db, inputs)
    return inputs.map(() => undefined)
  })
}
