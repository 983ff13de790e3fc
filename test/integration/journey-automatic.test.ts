import { afterAll, beforeAll, expect, test } from 'vitest'
import { administrator, approvals, elodie, nadia, thomas } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type Product, startProduct } from '../support/start-product.ts'

describeOnBothDatabases('mail that no person wrote', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open())
  })
  afterAll(() => product?.close())

  test('an out-of-office reply is never answered, and told to the requester once, with the day of return', async () => {
    await product.contoso.setAway(thomas.address, 'I am out of the office until 12 January 2027.')
    const number = await product.fileHire(thomas)
    const asked = await product.mail(number, 'approval', thomas)
    expect(await product.inbound(number, 1)).toMatchObject([
      { outcome: 'automatic', reading: { automatic: { subtype: 'out-of-office', returnsOn: '2027-01-12' } } },
    ])
    const told = await product.mail(number, 'approver-away', nadia)
    expect(told.text).toContain('Thomas Berger ne peut pas répondre pour le moment')
    expect(told.text).toContain('12 janvier 2027')

    // Exchange answers a sender once, other systems each time.
    const [stored] = await product.contoso.mails(approvals, 'Inbox/Processed')
    const first = await product.contoso.raw(approvals, stored?.id ?? '', 'Inbox/Processed')
    const again = Buffer.from(first)
      .toString('latin1')
      .replace(/^(Message-ID: <)/im, '$1again.')
    await product.contoso.deliver(approvals, Buffer.from(again, 'latin1'), 'internal')
    await product.inbound(number, 2)

    await product.reply(asked, 'Yes')
    expect((await product.inbound(number, 3)).map(({ outcome }) => outcome)).toEqual([
      'automatic',
      'automatic',
      'decided',
    ])
    const mails = await product.outbound(number)
    expect(mails.filter(({ kind }) => kind === 'approver-away')).toHaveLength(1)
    expect(mails.filter(({ inReplyTo }) => inReplyTo !== null)).toEqual([])
  })

  test('a non-delivery report marks the mail undelivered, and tells the requester', async () => {
    const number = await product.fileHire(administrator)
    expect(await product.inbound(number, 1)).toMatchObject([
      { outcome: 'bounce', reading: { bounce: { status: '5.1.10' } } },
    ])
    const told = await product.mail(number, 'undelivered', nadia)
    expect(told.subject).toMatch(/^Non remis :/)
    expect(told.text).toContain('admin@contoso.example')
    expect(told.text).toContain('5.1.10')
    expect(await product.outbound(number)).toMatchObject([
      { kind: 'approval', state: 'undelivered', error: { code: '5.1.10' } },
      { kind: 'undelivered', to: nadia.address },
    ])
    const { timeline, status } = await product.request(number)
    expect(status).toBe('open')
    expect(timeline.map(({ kind }) => kind)).toContain('mail-undelivered')
  })

  test('our own mail come back makes nothing of itself', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await product.contoso.deliver(approvals, asked.raw, 'internal')
    await product.reply(asked, 'peut-être')
    const back = await product.mail(number, 'asked-back', elodie)
    await product.contoso.deliver(approvals, back.raw, 'internal')
    await product.inbound(number, 3)

    await product.reply(asked, 'Oui')
    expect((await product.inbound(number, 4)).map(({ outcome }) => outcome)).toEqual([
      'automatic',
      'asked-back',
      'automatic',
      'decided',
    ])
    const answers = (await product.outbound(number)).filter(({ inReplyTo }) => inReplyTo !== null)
    expect(answers).toHaveLength(1)
  })
})
