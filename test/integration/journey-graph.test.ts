import { afterAll, beforeAll, expect, test } from 'vitest'
import { approvals, elodie, nadia, thomas } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { ourMailbox } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type Product, startProduct } from '../support/start-product.ts'

/** Graph tells of no news without an address that it reaches: what comes is found by polling. */
const remoteApproval = { pollIntervalSeconds: 5 }

describeOnBothDatabases('a purchase over a mailbox of type Graph', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open(), { remoteApproval, type: 'exchange-online-graph' })
  })
  afterAll(() => product?.close())

  test('is approved by two replies, and nothing went over EWS', async () => {
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), 'Oui\n\nAvant le 15, merci.')
    expect(await product.inbound(number, 1)).toMatchObject([
      { outcome: 'decided', decision: { comment: 'Avant le 15, merci.' }, verdict: { verdict: 'accepted' } },
    ])
    const finance = await product.mail(number, 'approval', thomas)
    await product.reply(finance, 'Approved', { style: 'outlook', locale: 'en' })
    const [, second] = await product.inbound(number, 2)
    expect(second).toMatchObject({ outcome: 'decided', decision: { result: 'YES' } })

    expect(await product.request(number)).toMatchObject({ status: 'completed', ending: 'approved' })
    await product.mail(number, 'request-closed', nadia)
    await eventually(async () =>
      expect(await ourMailbox(product.contoso)).toEqual({ inbox: 0, processed: 2 }),
    )
    expect((await product.contoso.mails(approvals, 'drafts')).length).toBe(0)
    expect((await product.contoso.calls('SyncFolderItems')).count).toBe(0)
    expect(await product.audit()).toMatchObject({ ok: true, broken: [] })
  })
})
