/**
 * What the row of a mailbox holds when its trouble counts no more. One that failed has not shown yet that it works: until
 * then its outage goes on.
 */
export function withoutTrouble({ failures }: { failures: number }) {
  return { trouble: null, failures: Math.min(failures, 1), retryAt: null, sendRetryAt: null }
}
