import { afterAll, beforeAll, expect, test } from 'vitest'
import { approveByTwoReplies } from '../support/approve-by-two-replies.ts'
import { approvals } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { ourMailbox } from '../support/desk.ts'
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
    await approveByTwoReplies(product)
    expect(await ourMailbox(product.contoso)).toEqual({ inbox: 0, processed: 2 })
    expect((await product.contoso.mails(approvals, 'drafts')).length).toBe(0)
    expect((await product.contoso.calls('SyncFolderItems')).count).toBe(0)
    expect(await product.audit()).toMatchObject({ ok: true, broken: [] })
  })
})
