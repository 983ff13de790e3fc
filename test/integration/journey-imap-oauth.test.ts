import { afterAll, beforeAll, expect, test } from 'vitest'
import { approvals, elodie, nadia, thomas } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { ourMailbox } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type Product, startProduct } from '../support/start-product.ts'

/** Nothing is found by polling: what comes is told by IDLE. */
const remoteApproval = { pollIntervalSeconds: 3_600 }

describeOnBothDatabases('a purchase over IMAP and SMTP of Exchange Online', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open(), { remoteApproval, type: 'imap-smtp' })
  })
  afterAll(() => product?.close())

  test('is approved by two replies, of which IDLE tells, signed in to by access token', async () => {
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), 'Oui\n\nAvant le 15, merci.')
    expect(await product.inbound(number, 1)).toMatchObject([
      {
        outcome: 'decided',
        decision: { comment: 'Avant le 15, merci.' },
        verdict: { verdict: 'accepted', reasons: [{ code: 'internal-mail' }] },
      },
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
    const { contoso } = product
    // The server keeps what it sends: a copy of ours would be a second one.
    const sent = await contoso.mails(approvals, 'sentitems')
    expect(sent.length).toBe((await product.outbound(number)).length)
    for (const operation of ['IMAP APPEND', 'SyncFolderItems', 'MessageDelta'])
      expect((await contoso.calls(operation)).count).toBe(0)
    expect(await product.audit()).toMatchObject({ ok: true, broken: [] })
  })
})
