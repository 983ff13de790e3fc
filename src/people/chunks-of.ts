import { setImmediate } from 'node:timers/promises'

/** How many rows a statement takes. */
const CHUNK = 500

/**
 * The rows in chunks. After each the event loop has a turn: the embedded database works on this thread, and a long
 * import would otherwise let nobody else be answered.
 */
export async function* chunksOf<Row>(rows: readonly Row[]): AsyncGenerator<Row[]> {
  for (let start = 0; start < rows.length; start += CHUNK) {
    yield rows.slice(start, start + CHUNK)
    await setImmediate()
  }
}
