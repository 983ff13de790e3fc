/** The simulator's own time: real time plus an offset that a test moves, and what waits for a moment of it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** How far this clock is ahead of real time, in milliseconds. */
  offset(): number
  /** Sets the offset; what became due runs before this returns, in order of its moment. */
  setOffset(milliseconds: number): void
  /** Runs `task` once after `milliseconds` of this clock; the answer cancels it. */
  after(milliseconds: number, task: () => void): () => void
  /** Cancels everything that waits. */
  stop(): void
}

interface Waiting {
  at: number
  task: () => void
  timer?: NodeJS.Timeout
}

const LONGEST_TIMER = 2 ** 31 - 1 // setTimeout fires at once beyond a signed 32-bit number of milliseconds

export function createClock(): Clock {
  let offset = 0
  const waiting = new Set<Waiting>()
  const now = () => Date.now() + offset

  function cancel(entry: Waiting): void {
    clearTimeout(entry.timer)
    waiting.delete(entry)
  }

  function arm(entry: Waiting): void {
    clearTimeout(entry.timer)
    entry.timer = setTimeout(runDue, Math.min(Math.max(entry.at - now(), 0), LONGEST_TIMER))
  }

  function runDue(): void {
    const due = [...waiting].filter((entry) => entry.at <= now()).sort((a, b) => a.at - b.at)
    for (const entry of due) {
      if (!waiting.has(entry)) continue // an earlier task cancelled it
      cancel(entry)
      entry.task()
    }
    for (const entry of waiting) arm(entry)
  }

  return {
    now,
    offset: () => offset,
    setOffset(milliseconds) {
      offset = milliseconds
      runDue()
    },
    after(milliseconds, task) {
      const entry: Waiting = { at: now() + milliseconds, task }
      waiting.add(entry)
      arm(entry)
      return () => cancel(entry)
    },
    stop() {
      for (const entry of waiting) cancel(entry)
    },
  }
}
