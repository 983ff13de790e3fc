import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Right } from '../../src/api/caller.ts'
import { createServer } from '../../src/api/create-server.ts'
import { type ApiScope, apiScopes } from '../../src/people/api-tokens.ts'
import type { Store } from '../../src/store/store.ts'
import { signedIn } from '../support/browser-session.ts'
import { openTestPglite } from '../support/databases.ts'
import { openSampleApi, people, purchase, type SampleApi } from '../support/sample-api.ts'

interface Route {
  method: string
  url: string
  right: Right
}

let store: Store
let api: SampleApi
let now = new Date('2026-11-24T09:00:00Z')
let routes: Route[] = []

beforeAll(async () => {
  store = await openTestPglite()
  api = await openSampleApi(store, { clock: () => now })
  routes = await listRoutes()
})
afterAll(async () => {
  await api.close()
  await store.close()
})

const unopened = {
  load: () => Promise.reject(new Error('not loaded')),
  open: () => Promise.reject(new Error('not opened')),
  openAnew: () => {
    throw new Error('not opened')
  },
  close: async () => {},
}

/** Every route, as it is really registered. */
async function listRoutes(): Promise<Route[]> {
  const found: Route[] = []
  const server = createServer({
    context: api.context,
    mailboxes: unopened,
    operatorToken: 'unused',
    signingKey: null,
    readiness: async () => [],
    metrics: { token: null, scrape: async () => ({ contentType: 'text/plain', text: '' }) },
  })
  server.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat()) found.push({ method: one, url, right: config?.right as Right })
  })
  await server.ready()
  await server.close()
  return found.filter(({ method }) => method !== 'HEAD')
}

const limited = () =>
  routes.flatMap(({ right, ...route }) => (typeof right === 'string' ? [] : [{ ...route, ...right }]))

/** A path that leads to the route; the ids in it are nobody's. */
const pathOf = (url: string) =>
  url
    .replace('/requests/:id', '/requests/1')
    .replace(':id', '01890a5d-ac96-774b-bcce-b302099a8057')
    .replace(':name', 'x')
    .replace(':version', '1')

test('the route table is the one that was agreed on', () => {
  const table = Object.fromEntries(
    routes
      .map(({ method, url, right }) => [
        `${method} ${url}`,
        typeof right === 'string' ? right : `${right.scope} ${right.role}`,
      ])
      .sort(),
  )
  const golden = join(import.meta.dirname, '..', 'fixtures', 'api-routes.json')
  expect(table).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
})

test('a route that declares no right is refused at start', async () => {
  const server = createServer({
    context: api.context,
    mailboxes: unopened,
    operatorToken: 'unused',
    signingKey: null,
    readiness: async () => [],
    metrics: { token: null, scrape: async () => ({ contentType: 'text/plain', text: '' }) },
  })
  expect(() => server.get('/api/forgotten', () => 'open')).toThrow('GET /api/forgotten declares no right')
})

test('without a token every route but the public ones asks for one', async () => {
  expect(limited().length).toBeGreaterThan(20)
  for (const { method, url } of limited()) {
    const answer = await api.call(null, method, pathOf(url))
    expect(answer.body, `${method} ${url}`).toMatchObject({ status: 401, code: 'not-signed-in' })
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
  }
})

test('a token with every scope but the one of the route is refused, naming it', async () => {
  for (const { method, url, scope } of limited()) {
    const others = apiScopes.filter((other) => other !== scope)
    const token = await api.tokenFor(people.administrator, others)
    const answer = await api.call(token, method, pathOf(url))
    expect(answer.body, `${method} ${url}`).toMatchObject({
      status: 403,
      code: 'scope-missing',
      values: { scope },
    })
  }
})

test('members with every scope do not reach what is for administrators', async () => {
  const token = await api.tokenFor(people.requester)
  const administrative = limited().filter(({ role }) => role === 'administrator')
  expect(administrative.length).toBeGreaterThan(10)
  for (const { method, url } of administrative) {
    const answer = await api.call(token, method, pathOf(url))
    expect(answer.body, `${method} ${url}`).toMatchObject({ status: 403, code: 'not-allowed' })
  }
})

test('signed in with a browser, nobody reaches what is for another role', async () => {
  const roles = ['member', 'auditor', 'administrator'] as const
  const reading = {
    member: '/api/requests',
    auditor: '/api/messages/inbound',
    administrator: '/api/mailboxes',
  }
  const browser = await signedIn(api, people.stranger)
  for (const role of roles) {
    await api.context.db.updateTable('person').set({ role }).where('address', '=', people.stranger).execute()
    for (const { method, url, role: needed } of limited()) {
      if (roles.indexOf(role) >= roles.indexOf(needed)) continue
      const answer = await browser.call(method, pathOf(url))
      expect(answer.body, `${role}: ${method} ${url}`).toMatchObject({ status: 403, code: 'not-allowed' })
    }
    expect((await browser.call('GET', reading[role])).status).toBe(200)
  }
  await api.context.db
    .updateTable('person')
    .set({ role: 'member' })
    .where('address', '=', people.stranger)
    .execute()
})

test('a member sees the requests and actions of others nowhere, an auditor does and changes none', async () => {
  const requester = await api.tokenFor(people.requester)
  const { body: made } = await api.call(requester, 'POST', '/api/requests', {
    process: 'purchase',
    data: purchase,
  })
  const [action] = made.actions
  const browser = await signedIn(api, people.stranger)
  const look = async () => {
    const list = await browser.call('GET', '/api/requests')
    const one = await browser.call('GET', `/api/requests/${made.id}`)
    const asked = await browser.call('GET', `/api/actions/${action.id}`)
    const theirs = await browser.call('GET', `/api/actions?assignee=${people.manager}`)
    return { listed: list.body.items.length, statuses: [one, asked, theirs].map(({ status }) => status) }
  }
  const change = async () => {
    const cancelled = await browser.call('POST', `/api/requests/${made.id}/cancel`)
    const decided = await browser.call('POST', `/api/actions/${action.id}/decide`, { result: 'YES' })
    const given = await browser.call('POST', `/api/actions/${action.id}/reassign`, { to: people.stranger })
    return [cancelled, decided, given].map(({ body }) => body.code)
  }
  expect(await look()).toEqual({ listed: 0, statuses: [404, 404, 403] })
  expect(await change()).toEqual(['request-not-found', 'action-not-found', 'action-not-found'])

  const setRole = (role: 'member' | 'auditor') =>
    api.context.db.updateTable('person').set({ role }).where('address', '=', people.stranger).execute()
  await setRole('auditor')
  expect(await look()).toEqual({ listed: 1, statuses: [200, 200, 200] })
  expect(await change()).toEqual(['not-allowed', 'not-assignee', 'not-allowed'])
  await setRole('member')
})

test.each([
  ['no scheme', (token: string) => token],
  ['Basic', (token: string) => `Basic ${token}`],
  ['something appended', (token: string) => `Bearer ${token}x`],
  ['something missing', (token: string) => `Bearer ${token.slice(0, -1)}`],
  ['two tokens', (token: string) => `Bearer ${token} ${token}`],
  ['an empty token', () => 'Bearer '],
  ['a very long token', () => `Bearer ${'a'.repeat(5_000)}`],
])('an Authorization header with %s is no sign-in', async (_, header) => {
  const authorization = header(await api.tokenFor(people.administrator))
  const answer = await api.call(null, 'GET', '/api/requests', undefined, { authorization })
  expect(answer.body).toMatchObject({ code: 'not-signed-in' })
})

test('an expired, a revoked and a leaver’s token stop working', async () => {
  const administrator = await api.tokenFor(people.administrator)
  const make = async (expiresAt: string | null) =>
    (
      await api.call(api.operatorToken, 'POST', '/api/tokens', {
        person: people.stranger,
        name: 'short',
        scopes: ['requests:read'],
        expiresAt,
      })
    ).body
  const works = async (token: string) => (await api.call(token, 'GET', '/api/requests')).status === 200

  const expiring = await make('2026-11-24T10:00:00Z')
  expect(await works(expiring.token)).toBe(true)
  now = new Date('2026-11-24T10:00:00Z')
  expect(await works(expiring.token)).toBe(false)

  const revoked = await make(null)
  expect(await works(revoked.token)).toBe(true)
  expect((await api.call(administrator, 'DELETE', `/api/tokens/${revoked.id}`)).status).toBe(204)
  expect(await works(revoked.token)).toBe(false)
  expect((await api.call(administrator, 'DELETE', `/api/tokens/${revoked.id}`)).body.code).toBe(
    'token-not-found',
  )

  const leaver = await make(null)
  expect(await works(leaver.token)).toBe(true)
  await api.context.db
    .updateTable('person')
    .set({ active: false })
    .where('address', '=', people.stranger)
    .execute()
  expect(await works(leaver.token)).toBe(false)
  await api.context.db
    .updateTable('person')
    .set({ active: true })
    .where('address', '=', people.stranger)
    .execute()
})

test('who was an administrator and is none any more loses the right at once', async () => {
  const token = await api.tokenFor(people.administrator)
  const setRole = (role: 'member' | 'administrator') =>
    api.context.db.updateTable('person').set({ role }).where('address', '=', people.administrator).execute()
  expect((await api.call(token, 'GET', '/api/people')).status).toBe(200)
  await setRole('member')
  expect((await api.call(token, 'GET', '/api/people')).body.code).toBe('not-allowed')
  await setRole('administrator')
})

test('when a token was last used is written at most once a minute', async () => {
  const token = await api.tokenFor(people.finance, ['tokens:write'])
  const lastUsed = async () => (await api.call(token, 'GET', '/api/tokens')).body.items[0].lastUsedAt
  const first = now.toISOString()
  expect(await lastUsed()).toBe(first)
  now = new Date(now.getTime() + 59_000)
  expect(await lastUsed()).toBe(first)
  now = new Date(now.getTime() + 1_000)
  expect(await lastUsed()).toBe(now.toISOString())
})

describe('making tokens', () => {
  const ask = (token: string, body: object) =>
    api.call(token, 'POST', '/api/tokens', { name: 'n', scopes: ['requests:read'], ...body })

  test('the secret is in the answer once, stored as a hash, and in no list', async () => {
    const token = await api.tokenFor(people.requester)
    const made = await ask(token, {})
    expect(made.status).toBe(201)
    expect(made.body.token).toMatch(/^cst_[\w-]{43}$/)
    const rows = await api.context.db.selectFrom('apiToken').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(made.body.token.slice(4))
    const list = await api.call(token, 'GET', '/api/tokens')
    expect(list.text).not.toContain(made.body.token.slice(4))
    for (const { hash } of rows) expect(list.text).not.toContain(hash)
  })

  test('people make their own only, an administrator too: another’s would let them answer in that name', async () => {
    for (const maker of [people.requester, people.administrator]) {
      const token = await api.tokenFor(maker)
      expect((await ask(token, { person: people.manager })).body.code).toBe('not-allowed')
      expect((await ask(token, { person: 'nobody@contoso.example' })).body.code).toBe('not-allowed')
      expect((await ask(token, { person: maker })).status).toBe(201)
    }
    expect((await ask(api.operatorToken, { person: people.manager })).body.person.address).toBe(
      people.manager,
    )
    expect((await ask(api.operatorToken, {})).body.code).toBe('person-required')
  })

  test('a token buys neither a wider nor a longer-lived one', async () => {
    const scopes: ApiScope[] = ['tokens:write', 'requests:read']
    const token = await api.tokenFor(people.administrator, scopes)
    expect((await ask(token, { scopes: ['requests:read', 'messages:read'] })).body.code).toBe(
      'token-exceeds-own',
    )
    const until = new Date(now.getTime() + 3_600_000)
    const short = await ask(token, { scopes, expiresAt: until.toISOString() })
    const day = new Date(until.getTime() + 1).toISOString()
    expect((await ask(short.body.token, {})).body.code).toBe('token-exceeds-own')
    expect((await ask(short.body.token, { expiresAt: day })).body.code).toBe('token-exceeds-own')
    expect((await ask(short.body.token, { expiresAt: until.toISOString() })).status).toBe(201)
  })

  test('members neither see nor revoke another’s token', async () => {
    const mine = await api.tokenFor(people.requester)
    const other = await ask(api.operatorToken, { person: people.manager })
    const list = await api.call(mine, 'GET', '/api/tokens?limit=200')
    expect(
      list.body.items.every(
        (item: { person: { address: string } }) => item.person.address === people.requester,
      ),
    ).toBe(true)
    expect((await api.call(mine, 'DELETE', `/api/tokens/${other.body.id}`)).body.code).toBe('token-not-found')
  })
})

test('health and the API description need no sign-in', async () => {
  expect((await api.call(null, 'GET', '/health/live')).body).toEqual({ ok: true })
  expect((await api.call(null, 'GET', '/health/ready')).status).toBe(200)
  expect((await api.call(null, 'GET', '/openapi.json')).body.openapi).toBe('3.1.0')
})
