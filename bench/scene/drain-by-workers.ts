import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApp } from '../../src/app.ts'
import type { CpuProfile } from '../profile/cpu-profile.ts'
import { letRepliesWait } from './let-replies-wait.ts'
import { apiOf } from './organisation.ts'
import { configOf, type Place } from './place.ts'
import { proveDrained } from './prove-drained.ts'
import { startWorker } from './server-process.ts'
import type { SimulatorProcess } from './simulator-process.ts'
import { type Drained, untilDrained } from './until-drained.ts'

export interface DrainByWorkers extends Drained {
  /** One a worker, from its start to its end; empty when none was asked for. */
  profiles: CpuProfile[]
}

/**
 * The same as `drainHere` on an empty PostgreSQL database, by that many processes that run already when the mailbox is
 * switched on; the API in this process has no jobs. Throws unless each reply was decided exactly once.
 */
export async function drainByWorkers(
  simulator: SimulatorProcess,
  place: Place,
  options: { count: number; workers: number; profile: boolean },
): Promise<DrainByWorkers> {
  await letRepliesWait(simulator, place, options)
  const directory = await mkdtemp(join(tmpdir(), 'countersign-bench-profiles-'))
  try {
    const flags = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${directory}`] : []
    const drained = await drain(simulator, place, { ...options, flags })
    await proveDrained(place, options.count)
    const files = (await readdir(directory)).map((file) => readFile(join(directory, file), 'utf8'))
    return { ...drained, profiles: (await Promise.all(files)).map((text) => JSON.parse(text)) }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function drain(
  simulator: SimulatorProcess,
  place: Place,
  { count, workers, flags }: { count: number; workers: number; flags: string[] },
): Promise<Drained> {
  const app = await openApp(configOf(place), { jobs: false })
  const processes = await Promise.all(Array.from({ length: workers }, () => startWorker(place, flags)))
  try {
    return await untilDrained(simulator, apiOf(app), count)
  } finally {
    await Promise.all(processes.map((worker) => worker.stop()))
    await app.close()
  }
}
