import { openApp } from '../../src/app.ts'
import { createLog } from '../../src/lib/log.ts'
import { createApiToken } from '../../src/people/api-tokens.ts'
import { openDatabase } from '../../src/store/open-database.ts'
import type { Store } from '../../src/store/store.ts'
import type { Bench, Measure } from '../bench.ts'
import { printTable } from '../print-table.ts'
import { observeStatements, type Statement } from '../scene/observe-statements.ts'
import { apiOf, setUpCompany } from '../scene/organisation.ts'
import { percentile } from '../scene/percentile.ts'
import { configOf } from '../scene/place.ts'
import { seedHistory } from '../scene/seed-history.ts'
import { tablesReadWhole } from '../scene/tables-read-whole.ts'

const ROWS = 100_000
const TIMES = 50
const member = 'person8@contoso.example'

/** What the portal and an administrator look at most. Each list has 100,000 rows behind it. */
const lists: Record<string, { url: string; as: 'operator' | 'member' }> = {
  requests: { url: '/api/requests', as: 'operator' },
  requestsOpen: { url: '/api/requests?status=open', as: 'operator' },
  requestsCancelled: { url: '/api/requests?status=cancelled', as: 'operator' },
  requestsOfMember: { url: '/api/requests', as: 'member' },
  requestsOfRequester: { url: `/api/requests?requester=${member}`, as: 'operator' },
  request: { url: '/api/requests/500', as: 'operator' },
  todoList: { url: '/api/actions', as: 'member' },
  todoOfAll: { url: '/api/actions', as: 'operator' },
  todoOfNobody: { url: '/api/actions?assignee=none', as: 'operator' },
  inbound: { url: '/api/messages/inbound', as: 'operator' },
  inboundDead: { url: '/api/messages/inbound?state=dead', as: 'operator' },
  inboundHeld: { url: '/api/messages/inbound?outcome=held', as: 'operator' },
  inboundOfRequest: { url: '/api/messages/inbound?request=500', as: 'operator' },
  outbound: { url: '/api/messages/outbound', as: 'operator' },
  outboundDead: { url: '/api/messages/outbound?state=dead', as: 'operator' },
  dashboard: { url: '/api/dashboard', as: 'operator' },
  outboundWaiting: { url: '/api/messages/outbound?state=waiting', as: 'operator' },
}

/**
 * Milliseconds that the lists of the API take on the embedded database (99 of 100 calls take no longer), and how many
 * of them make it read a large table whole.
 */
export const measureQueries: Measure = async (bench) => {
  const config = configOf({ dataDirectory: bench.newDirectory() })
  const token = await seed(config, bench)
  const observer = observeStatements()
  const app = await openApp(config, { jobs: false })
  const queryMs: Record<string, number> = {}
  const asked: Record<string, Statement[]> = {}
  try {
    for (const [name, { url, as }] of Object.entries(lists)) {
      const headers = { authorization: `Bearer ${as === 'operator' ? app.operatorToken : token}` }
      const taken: number[] = []
      for (let time = 0; time < TIMES; time += 1) {
        observer.take()
        const start = performance.now()
        const answer = await app.server.inject({ url, headers })
        taken.push(performance.now() - start)
        if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.body}`)
      }
      queryMs[name] = percentile(taken, 0.99)
      asked[name] = observer.take().filter(({ text }) => /^\s*(select|with)\b/i.test(text))
    }
  } finally {
    await app.close()
    observer.stop()
  }
  const withoutIndex = await explain(config, asked, bench.size(ROWS) / 2)
  return { queryMs, queries: { lists: Object.keys(lists).length, withoutIndex } }
}

/** Fills the database and returns the token of somebody who has made and been asked a hundredth of a percent of it. */
async function seed(config: ReturnType<typeof configOf>, { simulator, size }: Bench): Promise<string> {
  const app = await openApp(config, { jobs: false })
  await setUpCompany(apiOf(app), simulator)
  await app.close()
  return withStore(config, async (store) => {
    await seedHistory(store, size(ROWS))
    const { rows } = await store.pool.query('select id from person where address = $1', [member])
    const context = { db: store.db, clock: () => new Date() }
    const wanted = {
      personId: rows[0].id,
      name: 'bench',
      scopes: ['requests:read' as const],
      expiresAt: null,
    }
    return (await createApiToken(context, wanted)).token
  })
}

/** How many of the lists make it go through more rows than that; which ones is printed. */
async function explain(
  config: ReturnType<typeof configOf>,
  asked: Record<string, Statement[]>,
  most: number,
): Promise<number> {
  return withStore(config, async (store) => {
    const found: [string, string][] = []
    for (const [name, statements] of Object.entries(asked)) {
      const tables = new Set<string>()
      for (const statement of statements)
        for (const table of await tablesReadWhole(store, statement, most)) tables.add(table)
      if (tables.size > 0) found.push([name, [...tables].join(', ')])
    }
    if (found.length > 0) printTable('Lists that go through a large table', found)
    return found.length
  })
}

async function withStore<Answer>(
  config: ReturnType<typeof configOf>,
  work: (store: Store) => Promise<Answer>,
): Promise<Answer> {
  const store = await openDatabase({ ...config, log: createLog('error') })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
