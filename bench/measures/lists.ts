import { type App, openApp } from '../../src/app.ts'
import { createLog } from '../../src/lib/log.ts'
import { openDatabase } from '../../src/store/open-database.ts'
import type { Bench, Measure } from '../bench.ts'
import { printTable } from '../print-table.ts'
import { openDurablePostgres } from '../scene/durable-postgres.ts'
import { observeStatements, type Statement } from '../scene/observe-statements.ts'
import { apiOf, setUpCompany } from '../scene/organisation.ts'
import { pagesTouched } from '../scene/pages-touched.ts'
import { median } from '../scene/percentile.ts'
import { configOf, type Place } from '../scene/place.ts'
import { seededId, seedHistory } from '../scene/seed-history.ts'

const FEW = 1_000
const MANY = 100_000
const TIMES = 15

/** The first page of each list, one half-way down, and what people look for in it. */
function listsOf(rows: number): Record<string, string> {
  const half = rows / 2
  const somebody = `person${rows - 1}@contoso.example`
  return {
    'people.first': '/api/people',
    'people.deep': `/api/people?after=${encodeURIComponent(`person ${half} person${half}@contoso.example`)}`,
    'people.search': `/api/people?search=${rows - 1}`,
    'people.searchNobody': '/api/people?search=nobody+at+all',
    'requests.first': '/api/requests',
    'requests.deep': `/api/requests?after=${half}`,
    'requests.ofSomebody': `/api/requests?requester=${somebody}`,
    'mail.first': '/api/messages',
    'mail.deep': `/api/messages?after=${seededId('outbound', half)}`,
    'mailIn.first': '/api/messages/inbound',
    'mailIn.deep': `/api/messages/inbound?after=${seededId('inbound', half)}`,
    'mailIn.ofSomebody': `/api/messages?direction=inbound&person=${somebody}`,
    'mailIn.askedBack': '/api/messages?direction=inbound&standing=asked-back',
    'mailOut.first': '/api/messages/outbound',
    'mailOut.deep': `/api/messages/outbound?after=${seededId('outbound', half)}`,
    'mailOut.ofSomebody': `/api/messages?direction=outbound&person=${somebody}`,
    'mailOut.ofRequest': `/api/messages?direction=outbound&request=${half}`,
    'mailOut.waitingForBudget': '/api/messages?direction=outbound&standing=waiting-for-budget',
    'audit.first': '/api/audit/entries',
    'audit.deep': `/api/audit/entries?after=${half}-1`,
    'audit.ofRequest': `/api/audit/entries?request=${half}`,
    'audit.ofSomebody': `/api/audit/entries?person=${somebody}`,
    'audit.rareKind': '/api/audit/entries?kind=action-delegated',
    'signIns.first': '/api/audit/sign-ins',
    'signIns.deep': `/api/audit/sign-ins?after=${seededId('sign-in', half)}`,
    'signIns.ofSomebody': `/api/audit/sign-ins?person=${seededId('person', half)}`,
  }
}

/** What one look at a list costs. */
interface Cost {
  /** Of the whole call, in process; the median. */
  ms: number
  /** Of this process: with the embedded database, the database in it. */
  cpuMs: number
  /** That the database goes through. */
  pages: number
}

/**
 * What pages of the lists cost with 100,000 people, requests, mails in and out, audit entries (twice as many) and
 * sign-ins, beside what they cost with 1,000, on both databases.
 */
export const measureLists: Measure = async (bench) => {
  const server = await openDurablePostgres(process.env.TEST_DATABASE_URL)
  try {
    return {
      lists: {
        pglite: await compare(bench, async () => ({ dataDirectory: bench.newDirectory() })),
        postgres: await compare(bench, async () => ({ databaseUrl: await server.createDatabase() })),
      },
    }
  } finally {
    await server.stop()
  }
}

async function compare(bench: Bench, newPlace: () => Promise<Place>): Promise<object> {
  const few = await costsOf(bench, await newPlace(), FEW)
  const many = await costsOf(bench, await newPlace(), bench.size(MANY))
  const rows = Object.entries(many).map(([list, cost]): [string, ...(string | number)[]] => {
    const before = few[list] ?? cost
    return [list, before.pages, cost.pages, before.ms, cost.ms, before.cpuMs, cost.cpuMs]
  })
  printTable('Lists', [['', 'pages', '', 'ms', '', 'CPU ms', ''], ...rows])
  const pagesOf = (isSearch: boolean) =>
    Object.entries(many)
      .filter(([list]) => list.includes('.search') === isSearch)
      .map(([list, { pages }]) => ({ pages, before: few[list]?.pages ?? pages }))
  const lists = pagesOf(false)
  return {
    pages: Math.max(...lists.map(({ pages }) => pages)),
    timesPages: Math.max(...lists.map(({ pages, before }) => pages / before)),
    searchPages: Math.max(...pagesOf(true).map(({ pages }) => pages)),
  }
}

async function costsOf({ simulator }: Bench, place: Place, rows: number): Promise<Record<string, Cost>> {
  const config = configOf(place)
  const setUp = await openApp(config, { jobs: false })
  await setUpCompany(apiOf(setUp), simulator)
  await setUp.close()
  const store = await openDatabase({ ...config, log: createLog('error') })
  await seedHistory(store, rows, rows)
  await store.pool.query('vacuum analyze')
  await store.close()

  const observer = observeStatements()
  const app = await openApp(config, { jobs: false })
  const costs: Record<string, Omit<Cost, 'pages'>> = {}
  const asked: Record<string, Statement[]> = {}
  try {
    for (const [name, url] of Object.entries(listsOf(rows))) {
      observer.take()
      await look(app, url)
      asked[name] = observer.take().filter(({ text }) => /^\s*(select|with)\b/i.test(text))
      const taken: number[] = []
      const before = process.cpuUsage()
      for (let time = 0; time < TIMES; time += 1) taken.push(await look(app, url))
      const { user, system } = process.cpuUsage(before)
      costs[name] = { ms: median(taken), cpuMs: (user + system) / 1_000 / TIMES }
    }
  } finally {
    await app.close()
    observer.stop()
  }
  const explained = await openDatabase({ ...config, log: createLog('error') })
  const found: Record<string, Cost> = {}
  for (const [name, cost] of Object.entries(costs)) {
    let pages = 0
    for (const statement of asked[name] ?? []) pages += await pagesTouched(explained, statement)
    found[name] = { ...cost, pages }
  }
  await explained.close()
  return found
}

async function look(app: App, url: string): Promise<number> {
  const start = performance.now()
  const answer = await app.server.inject({ url, headers: { authorization: `Bearer ${app.operatorToken}` } })
  const taken = performance.now() - start
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.body}`)
  return taken
}
