import { afterAll, beforeAll, expect, test } from 'vitest'
import { anna, approvals, elodie } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import type { InboundView } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type Product, startProduct } from '../support/start-product.ts'

const MOST = 1024 * 1024

interface DeadLetter {
  id: string
  kind: string
  code: string
  explanation: string
}

describeOnBothDatabases('a reply larger than its mailbox fetches', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open(), { remoteApproval: { maxMessageBytes: MOST } })
  })
  afterAll(() => product?.close())

  const deadLetters = async () => (await product.api.get<{ items: DeadLetter[] }>('/api/dead-letters')).items

  test('stays where it is, its assignee is asked to answer without attachments, and can', async () => {
    const number = await product.filePurchase()
    const question = await product.mail(number, 'approval', elodie)
    const before = await product.contoso.calls('GetItem')
    await product.reply(question, `Oui\n\n${'Voir les plans ci-dessous. '.repeat(50_000)}`)

    const asked = await product.mail(number, 'asked-back', elodie)
    expect(asked.text).toContain('trop volumineuse')
    expect(await product.request(number)).toMatchObject({ status: 'open' })
    const fetched = await product.contoso.calls('GetItem')
    expect(fetched.bytes - before.bytes).toBeLessThan(MOST)
    expect(await product.contoso.mails(approvals)).toMatchObject([{ isRead: false }])
    const { timeline } = await product.request(number)
    expect(timeline.map(({ kind }) => kind)).toContain('reply-too-large')
    expect(await deadLetters()).toMatchObject([
      {
        kind: 'not-fetched',
        code: 'message-too-large',
        explanation: expect.stringContaining('maxMessageBytes'),
      },
    ])

    await product.reply(asked, 'Oui')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
  })

  test('asks nobody when its token is not one that we gave out', async () => {
    const head = [
      `From: ${anna.address}`,
      `To: ${approvals}`,
      'Subject: RE: Purchase [#1-1-abcdefghijklmnop]',
    ]
    await product.contoso.deliver(approvals, [...head, '', 'x'.repeat(2 * MOST)].join('\r\n'), 'internal')
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), 'Oui')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
    expect(await deadLetters()).toHaveLength(1)
  })

  test('is told once, and fetched when the setting is raised and it is run again', async () => {
    const [letter] = await deadLetters()
    await product.api.put(
      '/api/mailboxes/approvals',
      product.contoso.mailboxForm({ maxMessageBytes: 8 * 1024 * 1024 }),
    )
    await product.api.post(`/api/dead-letters/${letter?.id}/run-again`, {})
    const [first] = await eventually(async () => {
      const { items } = await product.api.get<{ items: InboundView[] }>('/api/messages/inbound?outcome=late')
      expect(items).toHaveLength(1)
      return items
    })
    expect(first?.size).toBeGreaterThan(MOST)
    expect(await deadLetters()).toEqual([])
    const mails = await product.outbound(first?.requestId ?? 0)
    expect(mails.filter(({ kind }) => kind === 'asked-back')).toHaveLength(1)
  })
})
