import { setTimeout as sleep } from 'node:timers/promises'
import type { Measure } from '../bench.ts'
import { letRepliesWait } from '../scene/let-replies-wait.ts'
import { memoryOf } from '../scene/process-memory.ts'
import { proveDrained } from '../scene/prove-drained.ts'
import { startServe } from '../scene/server-process.ts'
import { untilDrained } from '../scene/until-drained.ts'

const IDLE_MS = 10_000

/**
 * Megabytes that `serve` on the embedded database holds when it has nothing to do, and the most that it has held once it
 * has worked off 10,000 replies that were waiting in the mailbox.
 */
export const measureMemory: Measure = async ({ simulator, newDirectory, size }) => {
  const count = size(10_000)
  const dataDirectory = newDirectory()
  await letRepliesWait(simulator, { dataDirectory }, { count })
  const server = await startServe(dataDirectory)
  let figures: { idle: number; waiting10k: number; more: number }
  try {
    await sleep(IDLE_MS)
    const idle = await memoryOf(server.pid, 'VmRSS')
    await untilDrained(simulator, server.api, count)
    const waiting10k = await memoryOf(server.pid, 'VmHWM')
    figures = { idle, waiting10k, more: waiting10k - idle }
  } finally {
    await server.stop()
  }
  await proveDrained({ dataDirectory }, count)
  return { rssMb: figures }
}
