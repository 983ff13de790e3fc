import { afterAll, beforeAll, expect, test } from 'vitest'
import { elodie } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { type Product, startProduct } from '../support/start-product.ts'

/** What is answered stays in Inbox, where the other protocol finds it again under another id. */
const remoteApproval = { pollIntervalSeconds: 5, settleMode: 'mark-read' }

describeOnBothDatabases('a mailbox that is moved from EWS to Graph with open actions', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open(), { remoteApproval })
  })
  afterAll(() => product?.close())

  const save = (type: 'exchange-online-ews' | 'exchange-online-graph', enabled = true) =>
    product.api.put(
      '/api/mailboxes/approvals',
      product.contoso.mailboxForm({ ...remoteApproval, enabled }, type),
    )
  const outcomesOf = async (number: number, count: number) =>
    (await product.inbound(number, count)).map(({ outcome }) => outcome)

  test('decides each reply once: those before, in between and after', async () => {
    const [before, between, after] = [
      await product.filePurchase(),
      await product.filePurchase(),
      await product.filePurchase(),
    ]
    const asked = async (number: number) => product.mail(number, 'approval', elodie)
    const mails = [await asked(before), await asked(between), await asked(after)] as const

    await product.reply(mails[0], 'Oui')
    expect(await outcomesOf(before, 1)).toEqual(['decided'])
    await save('exchange-online-ews', false)
    await product.reply(mails[1], 'Oui')
    await save('exchange-online-graph')
    expect(await outcomesOf(between, 1)).toEqual(['decided'])
    await product.reply(mails[2], 'Oui')
    expect(await outcomesOf(after, 1)).toEqual(['decided'])

    // The first one came again, and was known.
    expect(await outcomesOf(before, 2)).toEqual(['decided', 'duplicate'])
    await save('exchange-online-ews')
    await eventually(async () => {
      for (const number of [before, between, after])
        expect((await product.request(number)).actions[0]).toMatchObject({ status: 'decided' })
    })
    expect(await outcomesOf(between, 2)).toEqual(['decided', 'duplicate'])
    for (const number of [before, between, after]) {
      const told = (await product.outbound(number)).filter(({ to }) => to === elodie.address)
      expect(told.map(({ kind }) => kind)).toEqual(['approval'])
    }
    expect(await product.audit()).toMatchObject({ ok: true, broken: [] })
  })

  test('decides each reply once when the move is made by its command while replies come', async () => {
    const numbers = [
      await product.filePurchase(),
      await product.filePurchase(),
      await product.filePurchase(),
    ] as const
    const [before, during, after] = [
      await product.mail(numbers[0], 'approval', elodie),
      await product.mail(numbers[1], 'approval', elodie),
      await product.mail(numbers[2], 'approval', elodie),
    ]
    const { mailbox } = product.contoso.mailboxForm() as { mailbox: { host: string } }
    await product.reply(before, 'Oui')
    const [moved] = await Promise.all([
      product.api.post<{ applied: boolean }>('/api/mailboxes/approvals/migrate', {
        dryRun: false,
        host: mailbox.host,
      }),
      product.reply(during, 'Oui'),
    ])
    expect(moved).toMatchObject({ applied: true })
    await product.reply(after, 'Oui')
    for (const number of numbers) {
      await eventually(async () =>
        expect((await product.request(number)).actions[0]).toMatchObject({ status: 'decided' }),
      )
      const [first, ...others] = await outcomesOf(number, 1)
      expect([first, ...new Set(others)].filter((outcome) => outcome !== 'duplicate')).toEqual(['decided'])
      const told = (await product.outbound(number)).filter(({ to }) => to === elodie.address)
      expect(told.map(({ kind }) => kind)).toEqual(['approval'])
    }
    expect(await product.audit()).toMatchObject({ ok: true, broken: [] })
  })
})
