import { afterAll, beforeAll, expect, test } from 'vitest'
import { approveByTwoReplies } from '../support/approve-by-two-replies.ts'
import { approvals } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { ourMailbox } from '../support/desk.ts'
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
    const number = await approveByTwoReplies(product)
    expect(await ourMailbox(product.contoso)).toEqual({ inbox: 0, processed: 2 })
    const { contoso } = product
    // The server keeps what it sends: a copy of ours would be a second one.
    const sent = await contoso.mails(approvals, 'sentitems')
    expect(sent.length).toBe((await product.outbound(number)).length)
    for (const operation of ['IMAP APPEND', 'SyncFolderItems', 'MessageDelta'])
      expect((await contoso.calls(operation)).count).toBe(0)
    expect(await product.audit()).toMatchObject({ ok: true, broken: [] })
  })
})
