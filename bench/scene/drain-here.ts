import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openApp } from '../../src/app.ts'
import { type CpuProfile, profileCpu } from '../profile/cpu-profile.ts'
import { countDiskSyncs } from './count-disk-syncs.ts'
import { letRepliesWait } from './let-replies-wait.ts'
import { observeCommits } from './observe-commits.ts'
import { apiOf } from './organisation.ts'
import { configOf, type Place } from './place.ts'
import { proveDrained } from './prove-drained.ts'
import type { SimulatorProcess } from './simulator-process.ts'
import { until } from './until.ts'
import { type Drained, untilDrained } from './until-drained.ts'

export interface DrainHere extends Drained {
  replies: Uint8Array[]
  /** Times that data was forced to the disk. */
  diskSyncs: number
  /** Commits that changed something, by what they changed. */
  commits: Map<string, number>
  /** The longest time in which the process answered nobody: its event loop was not reached. */
  longestBlockMs: number
  /** Of the drain; null when none was asked for. */
  profile: CpuProfile | null
}

/**
 * Replies wait in the mailbox; the product in this process, its jobs running as in `serve`, receives, settles, reads and
 * decides them and sends what follows. Throws unless each was decided exactly once.
 */
export async function drainHere(
  simulator: SimulatorProcess,
  place: Place,
  options: { count: number; attachedOctets?: number; roundTripMs?: number; profile?: boolean },
): Promise<DrainHere> {
  const { count, roundTripMs = 0 } = options
  const replies = await letRepliesWait(simulator, place, options)
  await simulator.control('POST', '/tenant', { roundTripMs })
  const observer = observeCommits()
  const disk = countDiskSyncs()
  const app = await openApp(configOf(place), { jobs: true })
  let drain: DrainHere
  try {
    observer.clear()
    disk.clear()
    const delay = monitorEventLoopDelay()
    delay.enable()
    const stopProfile = options.profile ? await profileCpu() : null
    const drained = await untilDrained(simulator, apiOf(app), count)
    const profile = stopProfile && (await stopProfile())
    delay.disable()
    // The last jobs are marked done a moment later; closing would add the syncs of its checkpoint.
    await until('the end of the last jobs', hasSettled(observer.total), 300)
    drain = {
      ...drained,
      replies,
      diskSyncs: disk.count(),
      commits: new Map(observer.commits()),
      longestBlockMs: delay.max / 1_000_000,
      profile,
    }
  } finally {
    await app.close()
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
