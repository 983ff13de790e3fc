import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readLock } from '../../src/store/data-directory-lock.ts'

export interface RunningServer {
  url: string
  token: string
  stop(): Promise<void>
}

const START_MS = 180_000

/**
 * Starts the real server as a process of its own, on a free port, and waits until it has published its address.
 * Throws with the log's last words when it ends before.
 */
export async function startServer(dataDirectory: string): Promise<RunningServer> {
  const logFile = join(dataDirectory, 'server.log')
  const child = spawn(process.execPath, ['src/main.ts', 'serve'], {
    env: { ...process.env, COUNTERSIGN_DATA: dataDirectory, COUNTERSIGN_PORT: '0', DATABASE_URL: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl+C reaches the demo alone, which then ends the server in order.
    detached: true,
  })
  const words: string[] = []
  child.stderr.on('data', (chunk: Buffer) => {
    words.push(chunk.toString())
    if (words.length > 20) words.shift()
  })
  child.stderr.pipe(createWriteStream(logFile))
  const published = await waitForLock(child, dataDirectory)
  if (!published) throw new Error(`the server did not start:\n${words.join('')}`)
  return { ...published, stop: () => stop(child) }
}

async function waitForLock(child: ChildProcess, dataDirectory: string) {
  const end = Date.now() + START_MS
  while (child.exitCode === null && Date.now() < end) {
    const lock = await readLock(dataDirectory)
    if (lock?.server) return lock.server
    await sleep(100)
  }
  await stop(child)
  return null
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
