import { withoutTrouble } from './without-trouble.ts'

/** What the row of a mailbox holds when somebody has it run again: nothing that had stopped it counts any more. */
export function runningAgain(row: { failures: number }) {
  return { state: 'running' as const, ...withoutTrouble(row), pausedAt: null, pausedBy: null }
}
