import { setTimeout as sleep } from 'node:timers/promises'
import type { Measure } from '../bench.ts'
import { letRepliesWait } from '../scene/let-replies-wait.ts'
import { forgetMost, memoryOf } from '../scene/process-memory.ts'
import { proveDrained } from '../scene/prove-drained.ts'
import { startServe } from '../scene/server-process.ts'
import { untilDrained } from '../scene/until-drained.ts'

const IDLE_MS = 10_000

/**
 * Megabytes that `serve` on the embedded database holds at the most while it starts, when it has nothing to do, and at
 * the most while it works off 10,000 replies that were waiting in the mailbox.
 */
export const measureMemory: Measure = async ({ simulator, newDirectory, size }) => {
  const count = size(10_000)
  const dataDirectory = newDirectory()
  await letRepliesWait(simulator, { dataDirectory }, { count })
  const server = await startServe(dataDirectory)
  let figures: Record<'starting' | 'idle' | 'waiting10k' | 'more', number>
  try {
    await sleep(IDLE_MS)
    const starting = await memoryOf(server.pid, 'VmHWM')
    const idle = await memoryOf(server.pid, 'VmRSS')
    await forgetMost(server.pid)
    await untilDrained(simulator, server.api, count)
    const waiting10k = await memoryOf(server.pid, 'VmHWM')
    figures = { starting, idle, waiting10k, more: waiting10k - idle }
  } finally {
    await server.stop()
  }
  await proveDrained({ dataDirectory }, count)
  return { rssMb: figures }
}
