import { afterAll, beforeAll, expect, test } from 'vitest'
import { approvals, type Contoso, elodie } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { type Product, startProduct } from '../support/start-product.ts'

const foreign = (subject: string, words: string) =>
  [
    'From: Nadia Belkacem <nadia.belkacem@contoso.example>',
    'To: approvals@contoso.example',
    `Subject: ${subject}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    words,
  ].join('\r\n')

const OLD = 'RE: Achat [#1-1-abcdefghijklmnop]'
const HOUR_MS = 60 * 60 * 1000

async function receiveOldMail(contoso: Contoso): Promise<void> {
  await contoso.setClock(-HOUR_MS)
  await contoso.deliver(approvals, foreign(OLD, 'Oui'), 'internal')
  await contoso.setClock(0)
}

describeOnBothDatabases('a mailbox that other people use too', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open(), { before: receiveOldMail })
  })
  afterAll(() => product?.close())

  /** A whole journey, after which everything that was in the mailbox before has been looked at. */
  async function decideOne(): Promise<void> {
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), 'Oui')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
  }

  test('keeps its mail of before we came, whatever it looks like', async () => {
    await decideOne()
    const inbox = await product.contoso.mails(approvals, 'Inbox')
    expect(inbox.find(({ subject }) => subject === OLD)).toMatchObject({ isRead: false })
    const { items } = await product.api.get<{ items: { subject: string }[] }>('/api/messages/inbound')
    expect(items.map(({ subject }) => subject)).not.toContain(OLD)
  })

  test('keeps the mail that is not ours, unread, and we read no more of it than its head', async () => {
    const megabyte = 1024 * 1024
    const lunch = foreign('Lunch on Friday?', 'Shall we? '.repeat(megabyte / 10))
    const before = await product.contoso.calls('GetItem')
    await product.contoso.deliver(approvals, lunch, 'internal')
    await decideOne()

    const inbox = await product.contoso.mails(approvals, 'Inbox')
    expect(inbox.find(({ subject }) => subject === 'Lunch on Friday?')).toMatchObject({ isRead: false })
    const after = await product.contoso.calls('GetItem')
    expect(after.count).toBeGreaterThan(before.count)
    expect(after.bytes - before.bytes).toBeLessThan(megabyte / 4)
  })

  test('gives a message of ours that nobody can read: held, and the others are decided', async () => {
    const number = await product.filePurchase()
    const next = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    const genuine = await product.mail(next, 'approval', elodie)

    // Switched off, so that both are there when it looks again.
    await product.api.put('/api/mailboxes/approvals', product.contoso.mailboxForm({ enabled: false }))
    const subject = `RE: Achat ${/\[#.*\]$/.exec(asked.subject)?.[0]}`
    const parts = '\r\n--part'.repeat(20_001)
    const damaged = foreign(subject, 'Oui').replace('text/plain', 'multipart/mixed; boundary=part')
    await product.contoso.deliver(approvals, `${damaged}${parts}`, 'internal')
    await product.reply(genuine, 'Oui')
    await product.api.put('/api/mailboxes/approvals', product.contoso.mailboxForm())

    expect(await product.inbound(next, 1)).toMatchObject([{ outcome: 'decided' }])
    await eventually(async () => {
      expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'held', settleState: 'done' }])
    })
    expect(await product.request(number)).toMatchObject({ actions: [{ status: 'open' }] })
    const processed = await product.contoso.mails(approvals, 'Inbox/Processed')
    expect(processed.filter((mail) => mail.subject === subject)).toHaveLength(1)
  })
})
