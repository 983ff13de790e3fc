import { monitorEventLoopDelay } from 'node:perf_hooks'
import { countDiskSyncs } from '../scene/count-disk-syncs.ts'
import { observeCommits } from '../scene/observe-commits.ts'
import { asking, openOrganisation, type Place } from '../scene/open-organisation.ts'
import type { CallCount, SimulatorProcess } from '../scene/simulator-process.ts'
import { until } from '../scene/until.ts'
import { isAllSent, letRepliesWait, totalOf } from '../scene/waiting-replies.ts'
import { proveDrained } from './prove-drained.ts'

export interface Drain {
  replies: Uint8Array[]
  /** From switching the mailbox on until the last outgoing mail is known to be sent. */
  milliseconds: number
  /** Times that data was forced to the disk by this process; 0 where the database is a server. */
  diskSyncs: number
  /** Commits that changed something, by what they changed. */
  commits: Map<string, number>
  /** The longest time in which the process answered nobody: its event loop was not reached. */
  longestBlockMs: number
  /** Requests to the mailbox. */
  calls: CallCount[]
}

/**
 * Replies wait in the mailbox; the product, its jobs running as in `serve`, receives, settles, reads and decides them
 * and sends what follows: one mail to the next approver for each. Throws unless each was decided exactly once.
 */
export async function drainMailbox(simulator: SimulatorProcess, place: Place, count: number): Promise<Drain> {
  await simulator.control('POST', '/reset')
  await simulator.control('POST', '/tenant', { messageRateLimit: null })
  const organisation = await openOrganisation(simulator, place)
  const observer = observeCommits()
  const disk = countDiskSyncs()
  let drain: Drain
  try {
    const replies = await letRepliesWait(simulator, organisation, count)
    await simulator.control('DELETE', '/calls')
    observer.clear()
    disk.clear()

    const delay = monitorEventLoopDelay()
    delay.enable()
    const start = performance.now()
    await organisation.enableMailbox(true)
    await until('the mails to the next approvers', () => areNextAsked(simulator, count), 100)
    await until('what became of them', () => isAllSent(organisation), 20)
    const milliseconds = performance.now() - start
    delay.disable()
    // The last jobs are marked done a moment later; closing would add the syncs of its checkpoint.
    await until('the end of the last jobs', hasSettled(observer.total), 300)
    const calls = await simulator.control<CallCount[]>('GET', '/calls')
    drain = {
      replies,
      milliseconds,
      diskSyncs: disk.count(),
      commits: new Map(observer.commits()),
      longestBlockMs: delay.max / 1_000_000,
      calls,
    }
  } finally {
    await organisation.app.close()
    observer.stop()
    disk.stop()
  }
  await proveDrained(place, count)
  return drain
}

/** A condition that holds when the number is what it was at the look before. */
function hasSettled(number: () => number): () => Promise<boolean> {
  let before = Number.NaN
  return async () => {
    const same = number() === before
    before = number()
    return same
  }
}

async function areNextAsked(simulator: SimulatorProcess, count: number): Promise<boolean> {
  return (
    (await totalOf(simulator, 'thomas.berger@contoso.example', 'Inbox')) === count &&
    (await totalOf(simulator, asking, 'Inbox')) === 0 &&
    (await totalOf(simulator, asking, 'Inbox/Processed')) === count
  )
}
