import { composeFromMailto, mailtoLinks, parseMailto } from '@countersign/simulator/webmail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { elodie, nadia, thomas } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { ourMailbox } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type Product, startProduct } from '../support/start-product.ts'

describeOnBothDatabases('a purchase, from the form to the last mail', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open())
  })
  afterAll(() => product?.close())

  test('is approved by the manager and by Finance, each by a reply', async () => {
    const number = await product.filePurchase()

    const asked = await product.mail(number, 'approval', elodie)
    const { parsed, subject, text } = asked
    const tag = /\[#(\d+)-1-([a-z2-7]{16})\]$/.exec(subject)
    expect(Number(tag?.[1])).toBe(number)
    const token = tag?.[2] ?? ''
    expect(parsed.replyTo).toMatchObject([{ address: `approvals+${token}@contoso.example` }])
    expect(parsed.messageId).toMatch(
      new RegExp(`^<countersign\\.${token}\\.countersign\\.[a-z0-9-]+@contoso\\.example>$`),
    )
    expect(subject).toContain('Achat : 12 ordinateurs portables')
    expect(text).toContain('Nadia Belkacem demande votre approbation')
    expect(text).toContain('Approuvez-vous cet achat ?')
    expect(text).toContain('18 460,00 €')
    const links = await mailtoLinks(asked.raw)
    expect(links.map(({ label }) => label)).toEqual(['Approuver', 'Refuser', 'Demander une modification'])
    expect(parseMailto(links[0]?.href ?? '')).toMatchObject({
      to: `approvals+${token}@contoso.example`,
      body: expect.stringMatching(/^Oui\b/i),
    })

    await product.reply(asked, 'Oui\n\nLivraison avant le 15, merci.')
    const [first] = await product.inbound(number, 1)
    expect(first).toMatchObject({
      outcome: 'decided',
      from: elodie.address,
      decision: { result: 'YES', comment: 'Livraison avant le 15, merci.' },
      verdict: { verdict: 'accepted' },
    })

    const finance = await product.mail(number, 'approval', thomas)
    expect(finance.text).toContain('Is the budget there, and may this be ordered?')
    await product.reply(finance, 'Approved', { style: 'outlook', locale: 'en' })
    const [, second] = await product.inbound(number, 2)
    expect(second).toMatchObject({ outcome: 'decided', decision: { result: 'YES' } })

    const request = await product.request(number)
    expect(request).toMatchObject({
      status: 'completed',
      ending: 'approved',
      data: { managerDecision: 'YES', financeDecision: 'YES' },
      actions: [
        { status: 'decided', decision: { by: { address: elodie.address }, door: 'mail' } },
        { status: 'decided', decision: { by: { address: thomas.address }, door: 'mail' } },
      ],
    })
    expect(request.timeline.map(({ kind }) => kind)).toEqual([
      'request-created',
      'action-opened',
      'action-decided',
      'action-opened',
      'action-decided',
      'request-completed',
    ])

    const told = await product.mail(number, 'request-closed', nadia)
    expect(told.subject).toMatch(/^Approuvé :/)
    expect(told.text).toContain('Élodie Gagnon a répondu')
    expect(told.text).toContain('Thomas Berger a répondu')
    expect(told.text).toContain('Livraison avant le 15, merci.')
    await eventually(async () =>
      expect(await ourMailbox(product.contoso)).toEqual({ inbox: 0, processed: 2 }),
    )
    expect(await product.audit()).toMatchObject({ ok: true, broken: [] })
  })

  test('is refused by a button of the mail, with the comment typed below its word', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    const refuse = (await mailtoLinks(asked.raw)).find(({ label }) => label === 'Refuser')
    const mailto = refuse?.href ?? ''
    const typed = `${mailto}${encodeURIComponent('Hors budget cette année.')}`
    await product.contoso.submit(
      elodie.address,
      await composeFromMailto({ mailto: typed, from: elodie, date: new Date() }),
    )
    expect(await product.inbound(number, 1)).toMatchObject([
      { outcome: 'decided', decision: { result: 'NO', comment: 'Hors budget cette année.' } },
    ])
    expect(await product.request(number)).toMatchObject({ status: 'completed', ending: 'refused' })
    const told = await product.mail(number, 'request-closed', nadia)
    expect(told.text).toContain('Hors budget cette année.')
  })

  test('is confirmed by mail where confirmations are wanted', async () => {
    const { api, contoso } = product
    await api.put('/api/mailboxes/approvals', contoso.mailboxForm({ sendConfirmations: true }))
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), 'Oui')
    const confirmed = await product.mail(number, 'confirmation', elodie)
    expect(confirmed.subject).toMatch(/^Réponse enregistrée :/)
    expect(confirmed.text).toContain('Vous avez répondu « Approuver »')
    await api.put('/api/mailboxes/approvals', contoso.mailboxForm())
  })
})
