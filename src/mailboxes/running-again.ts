/**
 * What the row of a mailbox holds when somebody has it run again: nothing that had stopped it counts any more. One that
 * failed has not shown yet that it works: until then its outage goes on.
 */
export function runningAgain({ failures }: { failures: number }) {
  return {
    state: 'running' as const,
    trouble: null,
    failures: Math.min(failures, 1),
    retryAt: null,
    sendRetryAt: null,
    pausedAt: null,
    pausedBy: null,
  }
}
