import { once } from 'node:events'
import type { Writable } from 'node:stream'

/**
 * Writes, and waits until a reader that is slower than we are has room again, so that what it has not taken is not held in
 * memory. False when it has gone away (`| head`).
 */
export async function writeOut(output: Writable, text: string): Promise<boolean> {
  if (output.destroyed) return false
  if (output.write(text)) return true
  const leaving = new AbortController()
  const { signal } = leaving
  await Promise.race([once(output, 'drain', { signal }), once(output, 'close', { signal })]).finally(() =>
    leaving.abort(),
  )
  return !output.destroyed
}
