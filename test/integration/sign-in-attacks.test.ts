import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Store } from '../../src/store/store.ts'
import { type Browser, invite, openBrowser, password, signedIn } from '../support/browser-session.ts'
import { openTestPglite } from '../support/databases.ts'
import { openSampleApi, people, purchase, type SampleApi } from '../support/sample-api.ts'

let store: Store
let api: SampleApi
let victim: Browser
beforeAll(async () => {
  store = await openTestPglite()
  api = await openSampleApi(store)
  victim = await signedIn(api, people.requester)
})
afterAll(async () => {
  await api.close()
  await store.close()
})

const request = { process: 'purchase', data: purchase }
const made = async () => (await victim.call('GET', '/api/requests')).body.items.length

test('with the cookie and the value of the session, a browser does what its person may', async () => {
  expect((await victim.call('POST', '/api/requests', request)).status).toBe(201)
})

test.each([
  ['none', undefined],
  ['an empty one', ''],
  ['another session’s', 'x'.repeat(43)],
])('a changing call with %s for its CSRF value changes nothing', async (_, csrf) => {
  const before = await made()
  const headers = { 'x-countersign-csrf': csrf ?? '' }
  const refused = await victim.call('POST', '/api/requests', request, headers)
  expect(refused.body).toMatchObject({ status: 403, code: 'cross-site-refused' })
  expect((await victim.call('DELETE', '/api/session', undefined, headers)).status).toBe(403)
  expect(await made()).toBe(before)
})

test('the CSRF value of another session does not do', async () => {
  const attacker = await signedIn(api, people.stranger)
  const headers = { 'x-countersign-csrf': attacker.csrf }
  expect((await victim.call('POST', '/api/requests', request, headers)).status).toBe(403)
})

test.each(['cross-site', 'same-site'])('what a browser calls %s is refused, sign-in too', async (site) => {
  const headers = { 'sec-fetch-site': site }
  const code = async (browser: Browser, path: string, body: object) =>
    (await browser.call('POST', path, body, headers)).body.code
  expect(await code(victim, '/api/requests', request)).toBe('cross-site-refused')
  const credentials = { address: people.requester, password }
  expect(await code(openBrowser(api), '/api/session', credentials)).toBe('cross-site-refused')
  const token = await invite(api, people.finance)
  expect(await code(openBrowser(api), '/api/session/welcome', { token, password })).toBe('cross-site-refused')
})

test('a form of another site, which can send no JSON, signs nobody in', async () => {
  const body = new URLSearchParams({ address: people.requester, password }).toString()
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
    const answer = await openBrowser(api).call('POST', '/api/session', body, { 'content-type': type })
    expect(answer.status, type).toBe(415)
  }
})

test('no other site may read answers: there are no CORS headers', async () => {
  const answer = await victim.call('GET', '/api/session', undefined, { origin: 'https://evil.example' })
  expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
})

const value = () => victim.cookie?.split('=')[1] ?? ''
test.each([
  ['is cut', () => `countersign=${value().slice(1)}`],
  ['is altered', () => `countersign=${value().slice(0, -1)}${value().endsWith('A') ? 'B' : 'A'}`],
  ['is made up', () => `countersign=${'A'.repeat(43)}`],
  ['is the stored hash', () => `countersign=${'0'.repeat(64)}`],
  ['stands beside another of its name', () => `countersign=${'A'.repeat(43)}; countersign=${value()}`],
  ['goes by another name', () => `__Host-countersign=${value()}`],
  ['is very long', () => `countersign=${'A'.repeat(5_000)}`],
])('a cookie that %s is no sign-in', async (_, cookie) => {
  const forged = openBrowser(api)
  forged.cookie = cookie()
  expect((await forged.call('GET', '/api/session')).body.code).toBe('not-signed-in')
  expect((await forged.call('GET', '/api/requests')).body.code).toBe('not-signed-in')
})

test('a planted cookie is worth nothing after sign-in, and the session before it ends', async () => {
  const attacker = await signedIn(api, people.stranger)
  const planted = attacker.cookie
  const browser = openBrowser(api)
  browser.cookie = planted
  await browser.call('POST', '/api/session', { address: people.requester, password })
  expect(browser.cookie).not.toBe(planted)
  expect((await attacker.call('GET', '/api/session')).status).toBe(401)

  const unknown = openBrowser(api)
  unknown.cookie = `countersign=${'A'.repeat(43)}`
  await unknown.call('POST', '/api/session', { address: people.requester, password })
  expect(unknown.cookie).not.toContain('A'.repeat(43))
})

test('a wrong API token is not made good by a cookie', async () => {
  const answer = await victim.call('GET', '/api/requests', undefined, { authorization: 'Bearer cst_wrong' })
  expect(answer.body.code).toBe('not-signed-in')
})

test('an API token and the operator are no browser', async () => {
  for (const token of [await api.tokenFor(people.administrator), api.operatorToken]) {
    expect((await api.call(token, 'GET', '/api/session')).status).toBe(401)
    expect((await api.call(token, 'GET', '/api/sessions')).status).toBe(401)
  }
})

test('everywhere but on this machine the cookie needs TLS, and says so in its name', async () => {
  const browser = openBrowser(api, 'countersign.contoso.example')
  const answer = await browser.call('POST', '/api/session', { address: people.requester, password })
  expect(answer.headers['set-cookie']).toMatch(
    /^__Host-countersign=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure$/,
  )
  expect((await browser.call('GET', '/api/session')).status).toBe(200)
  // A neighbouring domain, or a page without TLS, can set cookies of other names only.
  browser.cookie = browser.cookie?.replace('__Host-', '') ?? null
  expect((await browser.call('GET', '/api/session')).status).toBe(401)
})

test('behind a proxy that calls us by our own name, the public URL says that there is TLS', async () => {
  const other = await openTestPglite()
  const behind = await openSampleApi(other, { publicUrl: 'https://approvals.contoso.example' })
  const token = await invite(behind, people.requester)
  const answer = await openBrowser(behind).call('POST', '/api/session/welcome', { token, password })
  expect(answer.headers['set-cookie']).toMatch(/^__Host-.*; Secure$/)
  await behind.close()
  await other.close()
})

test('what a session buys ends with it: a token made in it lives no longer', async () => {
  const wanted = { name: 'mine', scopes: ['requests:read'] }
  expect((await victim.call('POST', '/api/tokens', wanted)).body.code).toBe('token-exceeds-own')
  const { expiresAt } = (await victim.call('GET', '/api/session')).body
  expect((await victim.call('POST', '/api/tokens', { ...wanted, expiresAt })).status).toBe(201)
})
