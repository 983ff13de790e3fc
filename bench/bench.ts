import { join } from 'node:path'
import type { DrainHere } from './scene/drain-here.ts'
import { drainHere } from './scene/drain-here.ts'
import type { SimulatorProcess } from './scene/simulator-process.ts'

/** What every measure works with. */
export interface Bench {
  simulator: SimulatorProcess
  /** A fresh folder for an embedded database; removed at the end. */
  newDirectory(): string
  /** A size, or its tenth where the run is to be quick. */
  size(full: number): number
  /** Whether to print where the time goes. */
  profile: boolean
  /** The embedded database on which 1,000 replies were drained; done once in a run, whoever asks first. */
  drained(): Promise<{ dataDirectory: string; drain: DrainHere }>
}

/** Returns figures by their keys in docs/benchmarks.md. Throws when what is to be measured does not happen. */
export type Measure = (bench: Bench) => Promise<object>

export function openBench(
  simulator: SimulatorProcess,
  directory: string,
  { quick, profile }: { quick: boolean; profile: boolean },
): Bench {
  let directories = 0
  let drained: ReturnType<Bench['drained']> | null = null
  const bench: Bench = {
    simulator,
    newDirectory: () => join(directory, String(++directories)),
    size: (full) => (quick ? Math.ceil(full / 10) : full),
    profile,
    drained() {
      drained ??= drain()
      return drained
    },
  }
  return bench

  async function drain() {
    const dataDirectory = bench.newDirectory()
    const count = bench.size(1_000)
    return { dataDirectory, drain: await drainHere(simulator, { dataDirectory }, { count, profile }) }
  }
}
