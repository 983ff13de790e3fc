import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '../scene/free-port.ts'
import { until } from '../scene/until.ts'

const LOOK_MS = 5

/** Milliseconds from starting `serve` on an existing data directory until it says that it is ready; the median. */
export async function measureColdStart(dataDirectory: string, times: number): Promise<number> {
  const taken: number[] = []
  for (let time = 0; time < times; time += 1) taken.push(await startOnce(dataDirectory))
  return taken.sort((one, other) => one - other)[Math.floor(times / 2)] ?? Number.NaN
}

async function startOnce(dataDirectory: string): Promise<number> {
  const port = await freePort()
  const environment = { COUNTERSIGN_DATA: dataDirectory, COUNTERSIGN_PORT: String(port), DATABASE_URL: '' }
  const start = performance.now()
  const child = spawn(process.execPath, ['src/main.ts', 'serve'], {
    env: { ...process.env, ...environment, COUNTERSIGN_LOG_LEVEL: 'error' },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  try {
    await until('the server to be ready', () => isReady(port, child.exitCode), LOOK_MS)
    return performance.now() - start
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

async function isReady(port: number, exitCode: number | null): Promise<boolean> {
  if (exitCode !== null) throw new Error(`serve ended with ${exitCode}`)
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null)
  return answer?.status === 200
}
