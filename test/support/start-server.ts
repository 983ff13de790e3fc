import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readLock } from '../../src/store/data-directory-lock.ts'

export interface TestServer {
  url: string
  token: string
  pid: number
  /** kill -9 unless told otherwise. Resolves when it is gone, also when it was before. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** How it ended: the signal that killed it, or its exit code. */
  ended: Promise<NodeJS.Signals | number>
  /** Speaks to the module that was loaded before it. */
  tell(message: object): void
}

export interface ServerOptions {
  /** PostgreSQL instead of the embedded database, with the API token that this caller has made in it. */
  postgres?: { url: string; token: string } | null
  /** Further environment variables. */
  environment?: Record<string, string>
  /** A module loaded before the program, which it holds up until it has got `message`. */
  preload?: { module: URL; message: object }
}

const repository = join(import.meta.dirname, '..', '..')

/**
 * Starts `countersign serve` as a process of its own, until it answers. Throws with what it said when it ends before.
 * It ends with this process.
 */
export async function startServer(
  dataDirectory: string,
  { postgres = null, environment = {}, preload }: ServerOptions = {},
): Promise<TestServer> {
  const imports = preload ? ['--import', preload.module.href] : []
  const child = spawn(process.execPath, [...imports, join(repository, 'src', 'main.ts'), 'serve', '--json'], {
    env: {
      PATH: process.env.PATH,
      COUNTERSIGN_DATA: dataDirectory,
      COUNTERSIGN_PORT: '0',
      COUNTERSIGN_LOG_LEVEL: 'warn',
      ...(postgres ? { DATABASE_URL: postgres.url } : {}),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe', ...(preload ? (['ipc'] as const) : [])],
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-10_000)
  })
  const ended = once(child, 'close').then(([code, signal]) => signal ?? code)
  // To a process that is gone, nothing can be told.
  const tell = (message: object) => void child.send?.(message, () => undefined)
  const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal)
    await ended
  }
  if (preload) tell(preload.message)
  if (!child.stdout) throw new Error('no output of the server')
  const answers = printed(child.stdout)
  const url = await Promise.race([answers, ended])
  if (typeof url !== 'object') throw new Error(`the server ended with ${url}: ${said}`)
  const token = postgres?.token ?? (await readLock(dataDirectory))?.server?.token ?? ''
  return { ...url, token, pid: child.pid ?? 0, kill, ended, tell }
}

/** The document that `serve --json` prints once it listens; never, when it ends before. */
async function printed(output: NodeJS.ReadableStream): Promise<{ url: string }> {
  let document = ''
  for await (const line of createInterface(output)) {
    document += line
    if (line === '}') break
  }
  output.resume()
  return document === '' ? new Promise(() => undefined) : JSON.parse(document)
}
