/**
 * `node scripts/guard.js scripts/show-fsync.ts [COUNT]`: runs the real server on the embedded database under strace
 * (Linux) and files requests one after another. From what the kernel saw it shows that no answer 201 left the process
 * before the write-ahead log was forced to the disk after the request had come in. Exits 1 when one did.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiAt, makeRequests, setUpCompany } from '../bench/scene/organisation.ts'
import { environmentOf } from '../bench/scene/place.ts'
import { startSimulatorProcess } from '../bench/scene/simulator-process.ts'
import { until } from '../bench/scene/until.ts'
import { type LockHolder, readLock } from '../src/store/data-directory-lock.ts'

const count = Number(process.argv[2] ?? 20)
const directory = await mkdtemp(join(tmpdir(), 'countersign-fsync-'))
const dataDirectory = join(directory, 'data')
const trace = join(directory, 'trace')
const simulator = await startSimulatorProcess()

// Without -f: the main thread alone, which is where PGlite writes, syncs and the sockets are answered, in this order.
const strace = spawn(
  'strace',
  [
    ...['-o', trace, '-y', '-s', '24', '-e', 'trace=read,write,writev,fsync,fdatasync'],
    ...[process.execPath, 'src/main.ts', 'serve'],
  ],
  {
    env: { PATH: process.env.PATH, ...environmentOf({ dataDirectory }), COUNTERSIGN_PORT: '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  },
)
strace.on('error', (error) => {
  console.error(`strace does not run here: ${error.message}`)
  process.exit(1)
})
const ended = once(strace, 'exit')
const server = await published()
const api = apiAt(server)
await setUpCompany(api, simulator)
await makeRequests(api, count)
// Not strace, which would leave the server behind.
process.kill(server.pid, 'SIGTERM')
await ended
await simulator.close()

const { answers, unsafe, syncs } = judge(await readFile(trace, 'utf8'))
await rm(directory, { recursive: true, force: true })
console.log(JSON.stringify({ answers, walSyncsWithinAnAnswer: syncs, answeredBeforeSync: unsafe }, null, 2))
process.exitCode = answers >= count && unsafe === 0 ? 0 : 1

/** Where the server listens, and its process: strace is only its parent. */
async function published(): Promise<{ pid: number; url: string; token: string }> {
  let lock: LockHolder | null = null
  const isThere = async () => {
    lock = await readLock(dataDirectory)
    return Boolean(lock?.server) || strace.exitCode !== null
  }
  await until('the server', isThere, 200)
  const { pid, server } = (lock ?? {}) as Partial<LockHolder>
  if (!pid || !server) throw new Error('the server did not start')
  // However this ends, it leaves nothing running.
  process.once('exit', () => strace.exitCode === null && process.kill(pid, 'SIGTERM'))
  return { pid, ...server }
}

/** Counts, for each answer 201, the successful syncs of the write-ahead log since its request was read. */
function judge(lines: string): { answers: number; unsafe: number; syncs: { least: number; most: number } } {
  const found: number[] = []
  let since = 0
  for (const line of lines.split('\n')) {
    if (/^read\(\d+<[^>]*>, "POST \/api\/requests/.test(line)) since = 0
    else if (/^f(data)?sync\(\d+<[^>]*pg_wal[^>]*>\)\s+= 0/.test(line)) since += 1
    else if (/^writev?\(\d+<[^>]*>, .*"HTTP\/1\.1 201/.test(line)) found.push(since)
  }
  return {
    answers: found.length,
    unsafe: found.filter((number) => number === 0).length,
    syncs: { least: Math.min(...found), most: Math.max(...found) },
  }
}
