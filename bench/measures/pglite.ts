import type { Measure } from '../bench.ts'
import { printTable } from '../print-table.ts'
import { printProfile } from '../profile/print-profile.ts'
import type { DrainHere } from '../scene/drain-here.ts'
import { requestsToFetchAndSettle, rowsOfCalls } from '../scene/mailbox-requests.ts'
import { measureBareCommits } from '../scene/measure-bare-commits.ts'
import { countNaiveRequests } from '../scene/naive-requests.ts'

/** What the replies that wait cost on the embedded database, beside a client that reads, marks and moves one by one. */
export const measurePglite: Measure = async (bench) => {
  const { dataDirectory, drain } = await bench.drained()
  const replies = drain.replies.length
  printCommits(drain)
  printTable('Requests to the mailbox for these replies', rowsOfCalls(drain.calls))
  printTable('Answered nobody, at the longest', [['milliseconds', drain.longestBlockMs]])
  if (drain.profile) printProfile('PGlite', drain.profile, replies)
  const naive = await countNaiveRequests(bench.simulator, drain.replies)
  printTable('Requests of the naive client', rowsOfCalls(naive))

  const bareCommits = await measureBareCommits(
    { dataDirectory },
    { count: bench.size(5_000), connections: 1 },
  )
  const perSecond = (replies * 1_000) / drain.milliseconds
  return {
    replies,
    mailboxRequestsPerReply: {
      ews: requestsToFetchAndSettle(drain.calls) / replies,
      naive: requestsToFetchAndSettle(naive) / replies,
    },
    commitsPerReply: drain.diskSyncs / replies,
    repliesPerSecond: { pglite: perSecond },
    bareCommitsPerSecond: { pglite: bareCommits },
    repliesPerBareCommit: { pglite: perSecond / bareCommits },
  }
}

function printCommits({ commits, diskSyncs }: DrainHere): void {
  const total = [...commits.values()].reduce((sum, count) => sum + count, 0)
  const rows = [...commits].sort(([, one], [, other]) => other - one)
  printTable(`Commits by what they changed: ${total}, with ${diskSyncs} syncs of the disk`, rows)
}
