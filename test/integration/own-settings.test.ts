/** What people set for themselves in the pages: language, time zone, password. */
import { beforeAll, expect, test } from 'vitest'
import { HOST, openBrowser, password, signedIn } from '../support/browser-session.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { openSampleApi, people, type SampleApi } from '../support/sample-api.ts'

const start = new Date('2026-11-24T09:00:00Z')

describeOnBothDatabases('own settings', (open) => {
  let api: SampleApi
  let now = start
  beforeAll(async () => {
    api = await openSampleApi(await open(), { clock: () => now })
    return () => api.close()
  })

  const personOf = (address: string) =>
    api.context.db.selectFrom('person').selectAll().where('address', '=', address).executeTakeFirstOrThrow()

  test('a language and a time zone are kept, and on record with who chose them; the same again changes nothing', async () => {
    const browser = await signedIn(api, people.manager)
    expect((await browser.call('GET', '/api/session')).body.person).toMatchObject({
      locale: 'fr',
      timeZone: null,
    })
    const chosen = { locale: 'en', timeZone: 'America/Montreal' }
    for (let times = 0; times < 2; times += 1) {
      const saved = await browser.call('PUT', '/api/session/settings', chosen)
      expect(saved.body.person, saved.text).toMatchObject({ address: people.manager, ...chosen })
    }
    const { id } = await personOf(people.manager)
    const events = await api.context.db
      .selectFrom('personEvent')
      .selectAll()
      .where('personId', '=', id)
      .where('actorId', '=', id)
      .execute()
    expect(events.map(({ kind, payload }) => ({ kind, ...payload }))).toEqual([
      {
        kind: 'changed',
        changes: [
          { field: 'locale', from: 'fr', to: 'en' },
          { field: 'timeZone', from: null, to: 'America/Montreal' },
        ],
      },
    ])
    await browser.call('PUT', '/api/session/settings', { locale: 'fr', timeZone: null })
    expect(await personOf(people.manager)).toMatchObject({ locale: 'fr', timeZone: null })
  })

  test('a time zone that there is not is refused at its field', async () => {
    const browser = await signedIn(api, people.manager)
    const answer = await browser.call('PUT', '/api/session/settings', {
      locale: 'en',
      timeZone: 'Mars/Olympus',
    })
    expect(answer.body).toMatchObject({ code: 'invalid-input', problems: [{ path: 'timeZone' }] })
  })

  test('another password ends all other sessions, not this one, and is what counts from then on', async () => {
    const here = await signedIn(api, people.finance)
    const there = openBrowser(api)
    await there.call('POST', '/api/session', { address: people.finance, password })
    const changed = await here.call('PUT', '/api/session/password', {
      current: password,
      password: 'another horse battery',
    })
    expect(changed.status, changed.text).toBe(204)
    expect((await here.call('GET', '/api/session')).status).toBe(200)
    expect((await there.call('GET', '/api/session')).body.code).toBe('not-signed-in')
    const signIn = (given: string) =>
      openBrowser(api, HOST).call('POST', '/api/session', { address: people.finance, password: given })
    expect((await signIn(password)).body.code).toBe('sign-in-refused')
    expect((await signIn('another horse battery')).status).toBe(201)
    const { items } = (await api.call(api.operatorToken, 'GET', '/api/audit/sign-ins')).body
    const ofThem = items.filter(
      (one: { person: { address: string } | null }) => one.person?.address === people.finance,
    )
    expect(ofThem.slice(0, 3).map(({ kind }: { kind: string }) => kind)).toEqual([
      'signed-in',
      'refused',
      'password-set',
    ])
  })

  test('who does not know the current password changes nothing, and guessing is slowed down as at the door', async () => {
    const browser = await signedIn(api, people.requester)
    const change = (current: string, wanted = 'a horse of their own') =>
      browser.call('PUT', '/api/session/password', { current, password: wanted })
    expect((await change(password, 'short')).body).toMatchObject({
      code: 'invalid-input',
      problems: [{ path: 'password' }],
    })
    const codes = []
    for (let times = 0; times < 7; times += 1) codes.push((await change('guessed')).body.code)
    expect(codes).toEqual([...Array(6).fill('password-wrong'), 'too-many-attempts'])
    expect((await change(password)).body.code).toBe('too-many-attempts')
    now = new Date(now.getTime() + 60_000)
    expect((await change(password)).status).toBe(204)
  })
})
