import type { Measure } from '../bench.ts'
import { printTable } from '../print-table.ts'
import { fetchAndSettle } from '../scene/fetch-and-settle.ts'
import { rowsOfCalls } from '../scene/mailbox-requests.ts'
import type { CallCount } from '../scene/simulator-process.ts'

/**
 * What it takes over each other protocol to fetch the replies of `pglite` and put them aside, by the adapter alone. Graph
 * throttles by the requests within a `$batch`, so these are counted beside those that travel. Of IMAP all is counted from the
 * greeting on, and the request for its token.
 */
export const measureMailboxTypes: Measure = async (bench) => {
  const { drain } = await bench.drained()
  const { length } = drain.replies
  const graph = await fetchAndSettle(bench.simulator, 'exchange-online-graph', drain.replies)
  printTable('Requests over Graph for these replies', rowsOfCalls(graph))
  const imap = await fetchAndSettle(bench.simulator, 'imap-smtp', drain.replies)
  printTable('Commands of IMAP for these replies', rowsOfCalls(imap))
  return {
    mailboxRequestsPerReply: { graph: total(graph, 'count') / length, imap: total(imap, 'count') / length },
    throttleUnitsPerReply: { graph: total(graph, 'units') / length },
  }
}

function total(calls: CallCount[], member: 'count' | 'units'): number {
  return calls.reduce((sum, call) => sum + call[member], 0)
}
