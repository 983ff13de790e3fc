import type { Measure } from '../bench.ts'
import { freePort } from '../scene/free-port.ts'
import { median } from '../scene/percentile.ts'
import { environmentOf } from '../scene/place.ts'
import { startChild } from '../scene/start-child.ts'
import { until } from '../scene/until.ts'

const TIMES = 5
const LOOK_MS = 5

/** Milliseconds from starting `serve`, on a database with work behind it, until it says that it is ready; the median. */
export const measureColdStart: Measure = async (bench) => {
  const { dataDirectory } = await bench.drained()
  const taken: number[] = []
  for (let time = 0; time < TIMES; time += 1) taken.push(await startOnce(dataDirectory))
  return { coldStartMs: median(taken) }
}

async function startOnce(dataDirectory: string): Promise<number> {
  const port = await freePort()
  const environment = { ...environmentOf({ dataDirectory }), COUNTERSIGN_PORT: String(port) }
  const start = performance.now()
  const child = startChild(['src/main.ts', 'serve'], environment)
  try {
    const isReady = async () => {
      if (!child.isRunning()) await child.printed()
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null)
      return answer?.status === 200
    }
    await until('the server to be ready', isReady, LOOK_MS)
    return performance.now() - start
  } finally {
    await child.stop()
  }
}
