import type { Measure } from '../bench.ts'
import { printTable } from '../print-table.ts'
import { drainHere } from '../scene/drain-here.ts'
import { requestsToFetchAndSettle, rowsOfCalls } from '../scene/mailbox-requests.ts'

const MEGABYTE = 1_000_000

/**
 * Replies with a file of so many octets each, every request 80 ms on its way: whether large mail breaks the batches, and
 * how many requests are under way at once, which can be seen only while they take time.
 */
export const measureRoundTrips: Measure = async (bench) => {
  const drain = async (count: number, attachedOctets: number) => {
    const place = { dataDirectory: bench.newDirectory() }
    const drained = await drainHere(bench.simulator, place, { count, attachedOctets, roundTripMs: 80 })
    printTable(`Requests for ${count} replies with ${attachedOctets} octets`, rowsOfCalls(drained.calls))
    return drained
  }
  const small = await drain(bench.size(500), 0)
  const large = await drain(bench.size(40), 5 * MEGABYTE)
  return {
    requestsInFlight: { small: small.inFlight, large5mb: large.inFlight },
    largeMails: {
      count: large.replies.length,
      megabytesPerSecond: (5 * large.replies.length * 1_000) / large.milliseconds,
      requestsPerReply: requestsToFetchAndSettle(large.calls) / large.replies.length,
    },
  }
}
