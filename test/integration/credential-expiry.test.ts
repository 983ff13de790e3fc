import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { judgeReadiness } from '../../src/jobs/judge-readiness.ts'
import { createLog } from '../../src/lib/log.ts'
import { logExpiry } from '../../src/mailboxes/log-expiry.ts'
import { createMetrics } from '../../src/metrics/create-metrics.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { mailboxSettings, openSampleApi, people, type SampleApi } from '../support/sample-api.ts'

describeOnBothDatabases('a client secret that ends on 2026-12-31', (open) => {
  let api: SampleApi
  let now = new Date('2026-11-25T12:00:00Z')
  let logged = ''
  beforeAll(async () => {
    const log = createLog(
      'warn',
      new Writable({
        write(chunk, _, done) {
          logged += String(chunk)
          done()
        },
      }),
    )
    api = await openSampleApi(await open(), { clock: () => now, log })
    await save({ clientSecretExpiresOn: '2026-12-31' })
  })
  afterAll(() => api?.close())

  const save = (oauth: object, remoteApproval = {}) =>
    api.call(api.operatorToken, 'PUT', '/api/mailboxes/main', {
      ...mailboxSettings,
      oauth: { ...mailboxSettings.oauth, ...oauth },
      remoteApproval,
    })

  /** All that is told of it at this time, in this language. */
  async function told(at: string, language = 'en') {
    now = new Date(at)
    logged = ''
    const headers = { 'accept-language': language }
    const notices = await api.call(api.operatorToken, 'GET', '/api/notices', undefined, headers)
    const list = await api.call(api.operatorToken, 'GET', '/api/mailboxes', undefined, headers)
    const member = await api.tokenFor(people.requester)
    const checks = await judgeReadiness(api.context, now)
    await logExpiry(api.context)
    return {
      notices: notices.body.items.filter(({ kind }: { kind: string }) => kind !== 'ews-end'),
      credential: list.body.items[0].credential,
      ofMember: (await api.call(member, 'GET', '/api/notices')).body.items,
      mailboxes: checks.find(({ name }) => name === 'mailboxes'),
      log: logged === '' ? null : JSON.parse(logged),
    }
  }

  test('is not told of 31 days before', async () => {
    expect(await told('2026-11-30T00:00:00Z')).toEqual({
      notices: [],
      credential: {
        kind: 'client-secret',
        state: 'good',
        expiresAt: '2026-12-31T00:00:00.000Z',
        daysLeft: 31,
        message: null,
      },
      ofMember: [],
      mailboxes: { name: 'mailboxes', problems: [], warnings: [] },
      log: null,
    })
  })

  test('is a warning from 30 days before, for administrators, and everything goes on', async () => {
    const { notices, credential, ofMember, mailboxes, log } = await told('2026-12-01T00:00:00Z')
    const since = '2026-12-01T00:00:00.000Z'
    const message = expect.stringMatching(/client secret ends on 2026-12-31 \(days left: 30\)/)
    const facts = { kind: 'credential-expiring', severity: 'warning', mailbox: 'main', since, code: null }
    expect(notices).toEqual([{ ...facts, message }])
    expect(credential).toMatchObject({ state: 'soon', daysLeft: 30, message })
    expect(ofMember).toEqual([])
    const warning = { code: 'credential-expiring', mailbox: 'main', since, daysLeft: 30 }
    expect(mailboxes).toEqual({ name: 'mailboxes', problems: [], warnings: [warning] })
    expect(log).toMatchObject({ level: 'warn', mailbox: 'main', credential: 'client-secret', daysLeft: 30 })
  })

  test('is told in French', async () => {
    const { notices } = await told('2026-12-30T12:00:00Z', 'fr')
    expect(notices[0].message).toContain('Le secret client prend fin le 2026-12-31 (jours restants\u00a0: 1)')
  })

  test('is an error once it is over, and still no problem of readiness', async () => {
    const { notices, credential, mailboxes, log } = await told('2026-12-31T00:00:00Z')
    expect(notices).toMatchObject([{ kind: 'credential-expired', severity: 'error' }])
    expect(credential).toMatchObject({ state: 'expired', daysLeft: 0 })
    expect(mailboxes).toMatchObject({ problems: [], warnings: [{ code: 'credential-expired' }] })
    expect(log).toMatchObject({ level: 'error', code: 'credential-expired' })
  })

  test('is a metric', async () => {
    const metrics = createMetrics(api.context)
    const { text } = await metrics.scrape()
    metrics.close()
    const seconds = Date.parse('2026-12-31T00:00:00Z') / 1000
    expect(text).toContain(`countersign_credential_expiry_timestamp_seconds{mailbox="main"} ${seconds}`)
  })

  test('is over with the next one, and of a mailbox that is switched off', async () => {
    await save({ clientSecretExpiresOn: '2026-12-31' }, { enabled: false })
    expect(await told('2027-01-01T00:00:00Z')).toMatchObject({ notices: [], log: null })
    await save({ clientSecretExpiresOn: '2027-12-31' })
    expect(await told('2027-01-01T00:00:00Z')).toMatchObject({ notices: [], credential: { state: 'good' } })
  })
})
