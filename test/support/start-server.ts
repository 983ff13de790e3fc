import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { readLock } from '../../src/store/data-directory-lock.ts'
import { eventually } from './eventually.ts'

export interface TestServer {
  url: string
  token: string
  /** kill -9: nothing of it gets to say goodbye. */
  kill(): Promise<void>
}

const repository = join(import.meta.dirname, '..', '..')

/** Starts `countersign serve` on the embedded database of this directory, as a process of its own, until it answers. */
export async function startServer(dataDirectory: string): Promise<TestServer> {
  const child = spawn(process.execPath, [join(repository, 'src', 'main.ts'), 'serve'], {
    env: {
      PATH: process.env.PATH,
      COUNTERSIGN_DATA: dataDirectory,
      COUNTERSIGN_PORT: '0',
      COUNTERSIGN_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const ended = once(child, 'exit')
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  const server = await eventually(async () => {
    if (child.exitCode !== null) return null
    // After a kill the lock still names the server before.
    const lock = await readLock(dataDirectory)
    if (lock?.pid !== child.pid || !lock?.server) throw new Error(`the server does not answer: ${said}`)
    return lock.server
  }).catch(async (error: unknown) => {
    await kill()
    throw error
  })
  if (server === null) throw new Error(`the server ended: ${said}`)
  return { ...server, kill }
}
