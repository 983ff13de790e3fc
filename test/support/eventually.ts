import { vi } from 'vitest'

/** Far above what anything takes; reached only when it does not happen. */
const DEADLINE_MS = 45_000

/**
 * Waits until `look` stops throwing, and gives what it then returns; after the deadline it throws what `look` threw
 * last. Assertions are written inside `look`.
 */
export function eventually<T>(look: () => Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: DEADLINE_MS, interval: 50 })
}
