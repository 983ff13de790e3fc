import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { z } from 'zod'
import type { mailboxView } from '../../src/api/routes/mailboxes/mailbox-view.ts'
import type { noticeView } from '../../src/api/routes/notices/notice-routes.ts'
import type { Store } from '../../src/store/store.ts'
import { type Contoso, elodie, thomas } from '../support/contoso.ts'
import { describeOnBothDatabases, openTestPostgres } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import type { HttpApi } from '../support/http-api.ts'
import { examples } from '../support/sample-api.ts'
import { type Product, startProduct } from '../support/start-product.ts'

const MINUTE_MS = 60_000
const personnel = 'personnel@contoso.example'

async function openPersonnel({ http }: Contoso): Promise<void> {
  await fetch(`${http}/_sim/mailboxes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ address: personnel }),
  })
}

/** The tab of the second mailbox, filled in with this secret, or with the right one. */
function personnelForm(contoso: Contoso, secret: { clientSecret?: string } = {}): object {
  const form = contoso.mailboxForm() as { mailbox: object; oauth: object }
  return { ...form, mailbox: { ...form.mailbox, user: personnel }, oauth: { ...form.oauth, ...secret } }
}

async function readiness(product: Product, language = 'en') {
  const answer = await fetch(`${product.url}/health/ready`, { headers: { 'accept-language': language } })
  expect(answer.headers.get('content-language')).toBe(language)
  return { status: answer.status, body: await answer.json() }
}

/** The notices, without that of the end of Exchange Web Services: nothing is wrong yet. */
async function wrongNow(api: HttpApi) {
  const { items } = await api.get<{ items: z.output<typeof noticeView>[] }>('/api/notices')
  return { items: items.filter(({ kind }) => kind !== 'ews-end') }
}

const isReady = { status: 200, body: { ok: true } }
const isNotReady = (problem: object) => ({
  status: 503,
  body: {
    ok: false,
    checks: [
      { name: 'database', ok: true, problems: [], warnings: [] },
      { name: 'queue', ok: true, problems: [], warnings: [] },
      { name: 'mailboxes', ok: false, problems: [problem], warnings: [] },
    ],
  },
})

describeOnBothDatabases('a mailbox that does not work', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open(), { before: openPersonnel })
  })
  afterAll(() => product?.close())

  async function mailbox() {
    const { items } = await product.api.get<{ items: z.output<typeof mailboxView>[] }>('/api/mailboxes')
    return items.find(({ name }) => name === 'personnel')
  }

  test('is told with the reason, holds up nobody else, and runs at once when it is mended', async () => {
    expect(await readiness(product)).toMatchObject(isReady)
    const before = new Date()
    const wrong = personnelForm(product.contoso, { clientSecret: 'not-the-secret' })
    await product.api.put('/api/mailboxes/personnel', wrong)
    const definition = await readFile(join(examples, 'processes', 'hire.yaml'), 'utf8')
    await product.api.post('/api/processes/import', { definition, mailbox: 'personnel' })
    await eventually(async () => expect(await mailbox()).toMatchObject({ state: 'paused' }))
    const trouble = (await mailbox())?.trouble
    expect(trouble).toMatchObject({ code: 'AADSTS7000215' })
    expect(new Date(trouble?.since ?? 0).getTime()).toBeGreaterThanOrEqual(before.getTime())
    const problem = { code: 'mailbox-paused', mailbox: 'personnel', providerCode: 'AADSTS7000215' }
    const { since } = trouble ?? {}
    const said = { en: /personnel is paused .*AADSTS7000215/, fr: /personnel est en pause .*AADSTS7000215/ }
    for (const [language, message] of Object.entries(said)) {
      expect(await readiness(product, language)).toEqual(
        isNotReady({ ...problem, since, message: expect.stringMatching(message) }),
      )
    }
    const notice = { kind: 'mailbox-down', severity: 'error', mailbox: 'personnel', since }
    expect(await wrongNow(product.api)).toEqual({
      items: [
        { ...notice, code: 'AADSTS7000215', message: expect.stringContaining('client secret is wrong') },
      ],
    })
    // Others are told what it means for them, and nothing of the settings.
    expect(await wrongNow(await product.signIn(thomas))).toEqual({
      items: [{ ...notice, code: null, message: expect.stringContaining('E-mail does not work') }],
    })

    const waits = await product.fileHire(thomas)
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), 'Oui')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
    expect(await product.outbound(waits)).toMatchObject([{ state: 'waiting', attempts: 0, error: null }])

    await product.api.put('/api/mailboxes/personnel', personnelForm(product.contoso))
    expect(await mailbox()).toMatchObject({ state: 'running', trouble: null })
    expect(await readiness(product)).toMatchObject(isReady)
    expect(await wrongNow(product.api)).toEqual({ items: [] })
    const next = await product.fileHire(thomas)
    await product.reply(await product.mail(next, 'approval', thomas), 'Yes')
    expect(await product.inbound(next, 1)).toMatchObject([{ outcome: 'decided' }])
  })
})

describe.skipIf('missing' in inject('databases').postgres)('a mailbox that fails and may mend itself', () => {
  let store: Store
  let product: Product
  beforeAll(async () => {
    store = await openTestPostgres()
    product = await startProduct(store)
  })
  afterAll(async () => {
    await product?.close()
    await store?.close()
  })

  test('makes the product not ready after five minutes', async () => {
    const failingFor = async (milliseconds: number) => {
      const since = new Date(Date.now() - milliseconds).toISOString()
      const trouble = { kind: 'unavailable', providerCode: 'ECONNREFUSED', messageKey: null, since }
      await store.db
        .updateTable('mailbox')
        // Not to be called for an hour, so that nothing mends it meanwhile.
        .set({ trouble: JSON.stringify(trouble), retryAt: new Date(Date.now() + 60 * MINUTE_MS) })
        .execute()
    }
    await failingFor(4 * MINUTE_MS)
    expect(await readiness(product)).toMatchObject(isReady)
    await failingFor(5 * MINUTE_MS)
    expect(await readiness(product)).toMatchObject(
      isNotReady({ code: 'mailbox-unreachable', mailbox: 'approvals', providerCode: 'ECONNREFUSED' }),
    )
  })

  test.each(['running', 'paused'] as const)(
    'that is %s and was mended elsewhere is tried at once when the test of the connection finds nothing wrong',
    async (state) => {
      const since = new Date().toISOString()
      const trouble = { kind: 'forbidden', providerCode: 'ErrorAccessDenied', since, work: 'receive' }
      const retryAt = new Date(Date.now() + 60 * MINUTE_MS)
      const failed = { state, failures: 9, trouble: JSON.stringify(trouble), retryAt, sendRetryAt: retryAt }
      await store.db.updateTable('mailbox').set(failed).execute()
      const held = () =>
        store.db
          .selectFrom('mailbox')
          .select(['state', 'trouble', 'failures', 'retryAt', 'sendRetryAt'])
          .executeTakeFirstOrThrow()

      expect(await product.api.post('/api/mailboxes/approvals/check?send=false', {})).toMatchObject({
        ok: true,
      })
      await eventually(async () =>
        expect(await held()).toMatchObject({ state: 'running', trouble: null, failures: 0, retryAt: null }),
      )
      // Without test mails nothing is known of sending; a pause stopped it with the reading.
      expect((await held()).sendRetryAt).toEqual(state === 'paused' ? null : retryAt)

      expect(await product.api.post('/api/mailboxes/approvals/check', {})).toMatchObject({ ok: true })
      expect((await held()).sendRetryAt).toBeNull()
    },
  )
})
