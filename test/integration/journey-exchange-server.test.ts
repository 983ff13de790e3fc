import { afterAll, beforeAll, expect, test } from 'vitest'
import { approveByTwoReplies } from '../support/approve-by-two-replies.ts'
import { approvals, elodie } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { ourMailbox } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type Product, startProduct } from '../support/start-product.ts'

const password = 'pä:ß wörd €'

describeOnBothDatabases('a purchase over a mailbox of type exchange-server-ews', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open(), {
      async before(contoso) {
        await contoso.changeTenant({ exchangeServer: { domain: 'CONTOSO' } })
        await contoso.setPassword(approvals, password)
      },
    })
  })
  afterAll(() => product?.close())

  function save(settings: object): Promise<unknown> {
    const { mailbox } = product.contoso.mailboxForm() as { mailbox: object }
    const account = { signInName: 'CONTOSO\\approvals', password, ...settings }
    return product.api.put('/api/mailboxes/approvals', {
      mailbox: { ...mailbox, type: 'exchange-server-ews', ...account },
      remoteApproval: { messagesPerMinute: 10_000 },
    })
  }

  test('what a server says of a mail is not believed until its administrator vouches for it', async () => {
    await save({})
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), 'Oui')
    expect(await product.inbound(number, 1)).toMatchObject([
      { outcome: 'held', reading: { kind: 'answers' } },
    ])
    expect((await product.request(number)).actions[0]).toMatchObject({ status: 'open' })
    // What is under way when the settings change is tried again later.
    await eventually(async () => {
      expect((await product.outbound(number)).filter(({ state }) => state !== 'sent')).toEqual([])
      expect(await ourMailbox(product.contoso)).toEqual({ inbox: 0, processed: 1 })
    })
  })

  test('it is approved by two replies', async () => {
    await save({ trustInternalMark: true, password: undefined })
    const tokens = (await product.contoso.calls('Token')).count
    await approveByTwoReplies(product)
    expect(await ourMailbox(product.contoso)).toEqual({ inbox: 0, processed: 3 })
    expect((await product.contoso.calls('Token')).count).toBe(tokens)
    expect(JSON.stringify(await product.api.get('/api/mailboxes'))).not.toContain(password)
    expect(await product.audit()).toMatchObject({ ok: true, broken: [] })
  })
})
