import { afterAll, beforeAll, expect, test } from 'vitest'
import { approvals, elodie } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type Product, startProduct } from '../support/start-product.ts'

const mail = (headers: string[], body = 'Hello') =>
  ['From: postmaster@fabrikam.example', 'To: approvals@contoso.example', ...headers, '', body].join('\r\n')

/** A report about a mail that we never sent. */
const foreignReport = mail(
  [
    'Subject: Undeliverable: cheap pills',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
  ],
  [
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns;fabrikam.example',
    '',
    'Final-Recipient: rfc822;nobody@fabrikam.example',
    'Action: failed',
    'Status: 5.1.1',
    '--b--',
  ].join('\r\n'),
)

describeOnBothDatabases('what the mailbox gives', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open())
  })
  afterAll(() => product?.close())

  /** A whole journey, after which everything that was in the mailbox before has been looked at. */
  async function decideOne(): Promise<void> {
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), 'Oui')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
  }

  test('what only looks like a token leaves a message where it is', async () => {
    await product.contoso.deliver(
      approvals,
      mail(['Cc: sales+newsletterupdate@fabrikam.example', 'Subject: News']),
      'external-pass',
    )
    await product.contoso.deliver(
      approvals,
      mail(['Subject: Guess [#1-1-abcdefghijklmnop]']),
      'external-pass',
    )
    await decideOne()
    const inbox = await product.contoso.mails(approvals)
    const { items } = await product.api.get<{ items: { from: string }[] }>('/api/messages/inbound')
    expect(items.map(({ from }) => from)).toEqual([elodie.address])
    for (const subject of ['News', 'Guess [#1-1-abcdefghijklmnop]']) {
      expect(inbox.find((message) => message.subject === subject)).toMatchObject({ isRead: false })
    }
  })

  test('more foreign reports than are fetched at a time are fetched once, and stay', async () => {
    const before = await product.contoso.calls('GetItem')
    // Switched off, so that all are there when it looks again.
    await product.api.put('/api/mailboxes/approvals', product.contoso.mailboxForm({ enabled: false }))
    for (let count = 0; count < 250; count += 1) {
      await product.contoso.deliver(approvals, foreignReport, 'external-pass')
    }
    await product.api.put('/api/mailboxes/approvals', product.contoso.mailboxForm())
    await decideOne()
    await decideOne()
    const inbox = await product.contoso.mails(approvals)
    expect(inbox.filter(({ subject }) => subject.startsWith('Undeliverable'))).toHaveLength(250)
    // Five batches of fifty, and a few for what else came.
    const after = await product.contoso.calls('GetItem')
    expect(after.count - before.count).toBeLessThan(20)
  })
})
