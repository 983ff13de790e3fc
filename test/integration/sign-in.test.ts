import { beforeAll, expect, test } from 'vitest'
import { importPeople } from '../../src/approvals/commands/import-people.ts'
import { HOST, invite, openBrowser, password, signedIn } from '../support/browser-session.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { openSampleApi, people, type SampleApi } from '../support/sample-api.ts'

const HOUR_MS = 3_600_000
const start = new Date('2026-11-24T09:00:00Z')

describeOnBothDatabases('signing in', (open) => {
  let api: SampleApi
  let now = start
  const pass = (milliseconds: number) => {
    now = new Date(now.getTime() + milliseconds)
  }
  beforeAll(async () => {
    api = await openSampleApi(await open(), { clock: () => now })
    return () => api.close()
  })

  const signIn = (address: string, given: string, headers: object = {}) =>
    openBrowser(api).call('POST', '/api/session', { address, password: given }, headers)
  const eventsOf = async () => {
    const { items } = (await api.call(api.operatorToken, 'GET', '/api/audit/sign-ins?limit=200')).body
    return items as { kind: string; person: { address: string } | null; userAgent: string }[]
  }

  test('from the link on the command line to a session, and in again with the password', async () => {
    const token = await invite(api, people.requester)
    const browser = openBrowser(api)
    const checked = await browser.call('POST', '/api/session/welcome/check', { token })
    expect(checked.body).toEqual({ address: people.requester, name: 'Nadia Belkacem', locale: 'fr' })
    const welcomed = await browser.call('POST', '/api/session/welcome', { token, password })
    expect(welcomed.status).toBe(201)
    expect(welcomed.body).toMatchObject({ person: { address: people.requester, role: 'member' } })
    expect((await browser.call('GET', '/api/session')).body).toEqual(welcomed.body)
    expect((await browser.call('GET', '/api/requests')).status).toBe(200)

    const again = openBrowser(api)
    const back = await again.call('POST', '/api/session', {
      address: ` ${people.requester.toUpperCase()} `,
      password,
    })
    expect(back.status).toBe(201)
    expect(back.body.id).not.toBe(welcomed.body.id)
    expect((await eventsOf()).slice(0, 3).map(({ kind }) => kind)).toEqual([
      'signed-in',
      'password-set',
      'invited',
    ])
  })

  test('a link works once, not after a newer one, and not after a day', async () => {
    const unusable = async (token: string) => {
      for (const path of ['/api/session/welcome', '/api/session/welcome/check']) {
        const body = path.endsWith('check') ? { token } : { token, password }
        expect((await openBrowser(api).call('POST', path, body)).body).toMatchObject({
          status: 410,
          code: 'link-unusable',
        })
      }
    }
    const older = await invite(api, people.finance)
    const newer = await invite(api, people.finance)
    await unusable(older)
    const both = await Promise.all(
      [1, 2].map(() => openBrowser(api).call('POST', '/api/session/welcome', { token: newer, password })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([201, 410])
    await unusable(newer)
    const late = await invite(api, people.finance)
    pass(24 * HOUR_MS)
    await unusable(late)
    await unusable('x'.repeat(43))
  })

  test('neither passwords nor tokens are stored as they are', async () => {
    const token = await invite(api, people.manager)
    const browser = await signedIn(api, people.finance)
    const tables = ['personPassword', 'signInLink', 'signInSession', 'signInThrottle', 'signInEvent'] as const
    const rows = await Promise.all(
      tables.map((table) => api.context.db.selectFrom(table).selectAll().execute()),
    )
    const stored = JSON.stringify(rows)
    expect(stored).toContain('scrypt$15$8$3$')
    for (const secret of [password, token, browser.cookie?.split('=')[1] ?? '', browser.csrf]) {
      expect(secret.length).toBeGreaterThan(10)
      expect(stored).not.toContain(secret)
    }
  })

  test('a wrong password, no account, no password set and a leaver are refused in the same words', async () => {
    await importPeople(
      api.context,
      JSON.stringify({ people: [{ address: 'left@contoso.example', name: 'Left', active: false }] }),
    )
    const refused = await Promise.all(
      [people.requester, 'nobody@contoso.example', people.stranger, 'left@contoso.example'].map(
        async (address) => (await signIn(address, 'not the password')).body,
      ),
    )
    expect(refused[0]).toMatchObject({ status: 403, code: 'sign-in-refused' })
    for (const body of refused) expect(body).toEqual(refused[0])
    const events = await eventsOf()
    expect(events.slice(0, 4).map(({ kind }) => kind)).toEqual(Array(4).fill('refused'))
    // What was typed in place of an address is kept nowhere: it may have been the password.
    expect(JSON.stringify(events)).not.toContain('nobody@')
    const french = await signIn('nobody@contoso.example', 'x', { 'accept-language': 'fr' })
    expect(french.body.title).toBe('Connexion refusée')
  })

  test('an alias is no account: others may read its mail', async () => {
    await signedIn(api, people.manager)
    expect((await signIn(people.manager, password)).status).toBe(201)
    expect((await signIn('e.gagnon@contoso.example', password)).body.code).toBe('sign-in-refused')
  })

  test('after five failures each attempt waits longer, the right password too, and an unknown account alike', async () => {
    pass(25 * HOUR_MS)
    for (const address of [people.requester, 'guessed@contoso.example']) {
      for (let failure = 1; failure <= 6; failure += 1) {
        expect((await signIn(address, 'guess')).body.code, `${failure}`).toBe('sign-in-refused')
      }
      const early = await signIn(address, password)
      expect(early.body).toMatchObject({ status: 429, code: 'too-many-attempts', values: { seconds: '2' } })
      expect(early.headers['retry-after']).toBe('2')
      pass(2_000)
      expect((await signIn(address, 'guess')).body.code).toBe('sign-in-refused')
      pass(3_999)
      expect((await signIn(address, 'guess')).body.values).toEqual({ seconds: '1' })
      pass(1)
    }
    expect((await signIn(people.requester, password)).status).toBe(201)
    // That forgave the failures.
    expect((await signIn(people.requester, 'guess')).body.code).toBe('sign-in-refused')
    expect((await signIn(people.requester, password)).status).toBe(201)
  })

  test('attempts at the same time count, each of them', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => signIn('rush@contoso.example', 'guess')),
    )
    const codes = answers.map(({ body }) => body.code)
    expect(codes.filter((code) => code === 'sign-in-refused')).toHaveLength(6)
    expect(codes.filter((code) => code === 'too-many-attempts')).toHaveLength(6)
  })

  test('a session ends after eight hours without use, and after a week however it is used', async () => {
    const browser = await signedIn(api, people.finance)
    const status = async () => (await browser.call('GET', '/api/session')).status
    for (let hours = 0; hours < 7 * 24 - 7; hours += 7) {
      pass(7 * HOUR_MS)
      expect(await status()).toBe(200)
    }
    pass(7 * HOUR_MS)
    expect(await status()).toBe(401)

    const idle = await signedIn(api, people.finance)
    pass(8 * HOUR_MS)
    expect((await idle.call('GET', '/api/session')).body.code).toBe('not-signed-in')
  })

  test('signing out ends the session and takes the cookie away', async () => {
    const browser = await signedIn(api, people.finance)
    const kept = browser.cookie
    const out = await browser.call('DELETE', '/api/session')
    expect(out.status).toBe(204)
    expect(out.headers['set-cookie']).toBe('countersign=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax')
    browser.cookie = kept
    expect((await browser.call('GET', '/api/session')).status).toBe(401)
    expect((await eventsOf())[0]).toMatchObject({ kind: 'signed-out', userAgent: 'Firefox/145.0' })
  })

  test('people see their own sessions and end them, never another’s', async () => {
    const phone = await signedIn(api, people.finance)
    const desk = openBrowser(api)
    await desk.call('POST', '/api/session', { address: people.finance, password })
    const other = await signedIn(api, people.manager)
    const { items } = (await desk.call('GET', '/api/sessions')).body
    expect(items.map(({ current }: { current: boolean }) => current)).toEqual([true, false])
    const [mine, theirs] = items
    expect((await other.call('DELETE', `/api/sessions/${theirs.id}`)).body.code).toBe('session-not-found')
    expect((await desk.call('DELETE', `/api/sessions/${theirs.id}`)).status).toBe(204)
    expect((await phone.call('GET', '/api/session')).status).toBe(401)
    expect((await desk.call('GET', '/api/session')).body.id).toBe(mine.id)
  })

  test('a new password ends all sessions', async () => {
    const browser = await signedIn(api, people.finance)
    const other = await signedIn(api, people.finance)
    expect((await browser.call('GET', '/api/session')).status).toBe(401)
    expect((await other.call('GET', '/api/session')).status).toBe(200)
  })

  test('who leaves is out, also when they come back', async () => {
    const browser = await signedIn(api, people.finance)
    const token = await invite(api, people.finance)
    const employ = (active: boolean) =>
      importPeople(
        api.context,
        JSON.stringify({ people: [{ address: people.finance, name: 'Thomas Berger', active }] }),
      )
    await employ(false)
    expect((await browser.call('GET', '/api/session')).status).toBe(401)
    expect((await signIn(people.finance, password)).body.code).toBe('sign-in-refused')
    await employ(true)
    expect((await browser.call('GET', '/api/session')).status).toBe(401)
    expect((await browser.call('POST', '/api/session/welcome', { token, password })).status).toBe(410)
  })

  test.each([
    ['too short', 'eleven char'],
    ['too long', 'x'.repeat(201)],
  ])('a password that is %s is refused at its field', async (_, given) => {
    const token = await invite(api, people.finance)
    const refused = await openBrowser(api).call('POST', '/api/session/welcome', { token, password: given })
    expect(refused.body).toMatchObject({ code: 'invalid-input', problems: [{ path: 'password' }] })
    expect((await openBrowser(api).call('POST', '/api/session/welcome/check', { token })).status).toBe(200)
  })

  test('the operator alone gets links: they let their holder act as somebody else', async () => {
    const administrator = await signedIn(api, people.administrator)
    const refused = await administrator.call('POST', '/api/people/invite', { address: people.manager })
    expect(refused.body.code).toBe('operator-required')
    const token = await api.tokenFor(people.administrator)
    expect((await api.call(token, 'POST', '/api/people/invite', { address: people.manager })).body.code).toBe(
      'operator-required',
    )
  })

  test('the first administrator of an empty installation is added by their link', async () => {
    const address = 'first@contoso.example'
    const unknown = await api.call(api.operatorToken, 'POST', '/api/people/invite', { address })
    expect(unknown.body.code).toBe('person-not-found')
    const token = await invite(api, address, { name: 'First', locale: 'fr', administrator: true })
    const welcomed = await openBrowser(api).call('POST', '/api/session/welcome', { token, password })
    expect(welcomed.body.person).toMatchObject({
      address,
      name: 'First',
      role: 'administrator',
      locale: 'fr',
    })
    // A further link takes the role from nobody.
    await invite(api, address)
    expect((await signIn(address, password)).body.person.role).toBe('administrator')
  })

  test('links lead to where people open the pages', async () => {
    const invited = await api.call(
      api.operatorToken,
      'POST',
      '/api/people/invite',
      { address: people.manager },
      { host: HOST },
    )
    expect(invited.body.url).toMatch(/^http:\/\/127\.0\.0\.1:8025\/sign-in\/welcome#[\w-]{43}$/)
  })
})
