import { afterAll, beforeAll, expect, test } from 'vitest'
import { anna, approvals, elodie, nadia, thomas } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import type { Mail } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type Product, startProduct } from '../support/start-product.ts'

const tokenOf = ({ subject }: Mail) => /([a-z2-7]{16})\]$/.exec(subject)?.[1] ?? ''

describeOnBothDatabases('an answer, and who sent it', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open())
  })
  afterAll(() => product?.close())

  /** A genuine answer, after which everything that follows from the ones before has happened. */
  async function decideAtLast(number: number, count: number) {
    await product.reply(await product.mail(number, 'approval', elodie), 'Oui')
    const messages = await product.inbound(number, count)
    expect(messages.at(-1)).toMatchObject({ outcome: 'decided', from: elodie.address })
    return messages
  }

  const answersTo = async (number: number) =>
    (await product.outbound(number)).filter(({ inReplyTo }) => inReplyTo !== null)

  test('an alias on record counts as the assignee', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    const alias = { name: 'E. Gagnon', address: 'e.gagnon@contoso.example' }
    await product.contoso.deliver(approvals, await product.write(asked, 'Oui', { from: alias }), 'internal')
    expect(await product.inbound(number, 1)).toMatchObject([
      { outcome: 'decided', from: alias.address, verdict: { verdict: 'accepted' } },
    ])
    expect(await product.request(number)).toMatchObject({
      actions: [{ decision: { by: { address: elodie.address } } }, {}],
    })
  })

  test('an assignee of another company is accepted when their domain’s mail is authenticated', async () => {
    const number = await product.fileHire(anna)
    await product.reply(await product.mail(number, 'approval', anna), 'Yes', { locale: 'en', style: 'gmail' })
    const [message] = await product.inbound(number, 1)
    expect(message).toMatchObject({ outcome: 'decided', verdict: { verdict: 'accepted' } })
    expect(message?.verdict?.reasons.map(({ code }) => code)).toContain('dmarc-pass')
  })

  test('another person’s answer is held: the assignee is asked at the address on record, never the sender', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await product.reply(asked, 'Oui, et merci de payer vite', { from: thomas })
    const [message] = await product.inbound(number, 1)
    expect(message).toMatchObject({ outcome: 'held', from: thomas.address, decision: null })
    expect(message?.verdict?.reasons.map(({ code }) => code)).toEqual(['sender-not-assignee'])

    const confirm = await product.mail(number, 'confirm-held', elodie)
    expect(confirm.subject).toMatch(/^À confirmer :/)
    expect(confirm.text).toContain(thomas.address)
    expect(confirm.text).not.toContain('payer vite')
    await decideAtLast(number, 2)
    expect(await answersTo(number)).toMatchObject([{ kind: 'confirm-held', to: elodie.address }])
  })

  test('what Exchange took for spam is found in Junk, and rejected', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await product.contoso.deliver(approvals, await product.write(asked, 'Non\n\nTrop cher.'), 'junk')
    const [message] = await product.inbound(number, 1)
    expect(message).toMatchObject({ folder: 'junk', outcome: 'rejected', decision: null })
    expect(message?.verdict?.reasons.map(({ code }) => code)).toEqual(['spam-level', 'in-junk'])
    await decideAtLast(number, 2)
    expect(await product.request(number)).toMatchObject({ data: { managerDecision: 'YES' } })
    expect(await answersTo(number)).toEqual([])
  })

  test.each(['external-fail', 'spoof'] as const)('%s is rejected, and nobody is answered', async (origin) => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    for (const text of ['Non\n\nTrop cher.', 'AIDE', 'COMMENTAIRE : trop cher', 'peut-être'])
      await product.contoso.deliver(approvals, await product.write(asked, text), origin)
    const messages = await decideAtLast(number, 5)
    expect(messages.slice(0, 4).map(({ outcome }) => outcome)).toEqual(Array(4).fill('rejected'))
    expect(messages[0]?.verdict).toMatchObject({ verdict: 'rejected' })
    expect(await product.request(number)).toMatchObject({ data: { managerDecision: 'YES' } })
    expect(await answersTo(number)).toEqual([])
    await eventually(async () => {
      const inbox = await product.contoso.mails(approvals, 'Inbox')
      expect(inbox.filter(({ subject }) => subject.includes(`[#${number}-`))).toEqual([])
    })
  })

  test('a late answer that is not proven is told nothing', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await decideAtLast(number, 1)
    await product.reply(asked, 'Non', { from: thomas })
    await product.reply(asked, 'Non')
    const messages = await product.inbound(number, 3)
    expect(messages.slice(1)).toMatchObject([{ outcome: 'late' }, { outcome: 'late' }])
    expect(await answersTo(number)).toMatchObject([{ kind: 'late', to: elodie.address }])
  })

  test('a forged copy of a genuine answer, come first, does not block it', async () => {
    const number = await product.filePurchase()
    const genuine = await product.write(await product.mail(number, 'approval', elodie), 'Oui')
    await product.contoso.deliver(approvals, genuine, 'spoof')
    await product.inbound(number, 1)
    await product.contoso.submit(elodie.address, genuine)
    const messages = await product.inbound(number, 2)
    expect(messages.map(({ outcome }) => outcome)).toEqual(['rejected', 'decided'])
  })

  test('a message with the tokens of two actions answers neither', async () => {
    const numbers = [await product.filePurchase(), await product.filePurchase()]
    const [first = '', second = ''] = await Promise.all(
      numbers.map(async (number) => tokenOf(await product.mail(number, 'approval', elodie))),
    )
    const subject = `RE: Achats [#${numbers[1]}-1-${second}]`
    const raw = [
      `From: ${elodie.address}`,
      `To: approvals+${first}@contoso.example`,
      `Subject: ${subject}`,
      '',
      'Oui',
    ].join('\r\n')
    await product.contoso.deliver(approvals, raw, 'internal')
    const [message] = await product.inboundWith('RE: Achats', 1)
    expect(message).toMatchObject({ outcome: 'rejected', requestId: null })
    expect(message?.verdict?.reasons.map(({ code }) => code)).toContain('token-several')
    for (const number of numbers) await decideAtLast(number, 1)
  })

  test('a token is good for its own action and person only', async () => {
    const mine = await product.fileHire(thomas)
    const other = await product.filePurchase()
    const toElodie = await product.mail(other, 'approval', elodie)
    const toThomas = await product.mail(mine, 'approval', thomas)
    // Nadia, who asks, was handed both mails and answers for Élodie from her own mailbox.
    await product.reply(toElodie, 'Oui', { from: nadia })
    await product.reply(toThomas, 'Yes', { from: elodie })
    expect(await product.inbound(other, 1)).toMatchObject([{ outcome: 'held' }])
    expect(await product.inbound(mine, 1)).toMatchObject([{ outcome: 'held' }])
    expect(await product.request(other)).toMatchObject({ actions: [{ status: 'open' }] })
    expect(await product.request(mine)).toMatchObject({ actions: [{ status: 'open' }] })
  })
})
