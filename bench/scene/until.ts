import { setTimeout as sleep } from 'node:timers/promises'

/** Nothing here takes longer; more means that something is broken. */
const LONGEST_MS = 10 * 60_000

/** Looks again and again until the condition holds. Throws when it does not within ten minutes. */
export async function until(what: string, condition: () => Promise<boolean>, everyMs: number): Promise<void> {
  const end = Date.now() + LONGEST_MS
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await sleep(everyMs)
  }
}
