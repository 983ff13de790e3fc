interface Target {
  atMost?: number
  atLeast?: number
}

/** What the figures are to be, by their keys in docs/benchmarks.md. */
const targets: Record<string, Target> = {
  'mailboxRequestsPerReply.ews': { atMost: 0.06 },
  'mailboxRequestsPerReply.graph': { atMost: 0.15 },
  'throttleUnitsPerReply.graph': { atMost: 2.2 },
  'requestsInFlight.small': { atMost: 10 },
  'requestsInFlight.large5mb': { atMost: 10 },
  commitsPerReply: { atMost: 3 },
  'repliesPerBareCommit.pglite': { atLeast: 0.25 },
  'repliesPerBareCommit.postgres': { atLeast: 0.15 },
  'arrivalToDecisionMs.p99': { atMost: 1_000 },
  coldStartMs: { atMost: 2_000 },
  'rssMb.idle': { atMost: 300 },
  'rssMb.more': { atMost: 100 },
  'ewsClient.timesAsFast': { atLeast: 3 },
  'ewsClient.shareOfMemory': { atMost: 1 },
  'reader.shortPerSecond': { atLeast: 20_000 },
  'reader.wrongDecisions': { atMost: 0 },
  'queries.withoutIndex': { atMost: 0 },
  'lists.pglite.timesPages': { atMost: 3 },
  'lists.postgres.timesPages': { atMost: 3 },
}

export interface Judged extends Target {
  value: number
  met: boolean
}

/** The targets of those figures that there are. */
export function judge(figures: Record<string, unknown>): Record<string, Judged> {
  return Object.fromEntries(
    Object.entries(targets).flatMap(([key, target]) => {
      const value = figures[key]
      return typeof value === 'number' ? [[key, { ...target, value, met: isMet(value, target) }]] : []
    }),
  )
}

function isMet(
  value: number,
  { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY }: Target,
): boolean {
  return value >= atLeast && value <= atMost
}
