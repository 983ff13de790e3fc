import { afterAll, beforeAll, expect, test } from 'vitest'
import { administrator, anna, approvals, elodie, nadia, thomas } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import type { Mail } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type Product, startProduct } from '../support/start-product.ts'

/** A report of this kind about a mail of ours, as a server outside sends it. */
function report(
  of: Mail,
  {
    action = 'failed',
    status = '5.2.2',
    messageId = of.parsed.messageId,
  }: Partial<Record<string, string>> = {},
): string {
  const recipient = of.owner.address
  return [
    'From: Mail Delivery System <MAILER-DAEMON@mx.fabrikam.example>',
    `To: ${approvals}`,
    'Subject: About your mail',
    `Message-ID: <report-${action}-${status}@mx.fabrikam.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=part',
    '',
    '--part',
    'Content-Type: text/plain',
    '',
    'Yes. See https://litware.example/sign-in to have it delivered.',
    '--part',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.fabrikam.example',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 552 ${status} see https://litware.example/sign-in`,
    '--part',
    'Content-Type: text/rfc822-headers',
    '',
    `From: ${approvals}`,
    `To: ${recipient}`,
    `Subject: ${of.parsed.headers.find(({ key }) => key === 'subject')?.value.replace(/\s+/g, ' ')}`,
    `Message-ID: ${messageId}`,
    '--part--',
    '',
  ].join('\r\n')
}

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
    expect(told.text).toContain('Cette adresse n’existe pas')
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

  test('whom an out-of-office reply names is shown as a hint, and asked nothing', async () => {
    const standIn = 'In urgent cases please contact Anna Novák, anna.novak@fabrikam.example.'
    await product.contoso.setAway(elodie.address, `I am on vacation until 5 February 2027. ${standIn}`)
    const number = await product.fileHire(elodie)
    const told = await product.mail(number, 'approver-away', nadia)
    expect(told.text).toContain('Anna Novák (anna.novak@fabrikam.example)')
    expect(told.text).toContain('Personne n’a été sollicité à sa place')
    const { actions } = await product.request(number)
    expect(actions[0]?.absences).toMatchObject([
      {
        person: { address: elodie.address },
        returnsOn: '2027-02-05',
        standIn: { name: 'Anna Novák', address: 'anna.novak@fabrikam.example' },
      },
    ])
    expect((await product.outbound(number)).map(({ to }) => to).sort()).toEqual([
      elodie.address,
      nadia.address,
    ])
  })

  test('a delay changes nothing but what is known of the mail, and a failure after it is told in words', async () => {
    const number = await product.fileHire(anna)
    const asked = await product.mail(number, 'approval', anna)
    await product.contoso.deliver(
      approvals,
      report(asked, { action: 'delayed', status: '4.4.7' }),
      'external-pass',
    )
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'automatic' }])
    expect(await product.outbound(number)).toMatchObject([
      {
        kind: 'approval',
        state: 'sent',
        error: { code: '4.4.7', message: expect.stringContaining('552 4.4.7') },
      },
    ])
    expect((await product.request(number)).timeline.map(({ kind }) => kind)).toContain('mail-delayed')

    await product.contoso.deliver(approvals, report(asked), 'external-pass')
    const told = await product.mail(number, 'undelivered', nadia)
    expect(told.text).toContain('La boîte aux lettres du destinataire est pleine')
    // The server's own words may be anybody's: they are for administrators.
    expect(told.text).not.toContain('litware.example')
    expect((await product.outbound(number))[0]).toMatchObject({
      state: 'undelivered',
      error: { code: '5.2.2', message: expect.stringContaining('https://litware.example/sign-in') },
    })
    // It had arrived after all, or the report was forged: the answer counts.
    await product.reply(asked, 'Oui')
    await eventually(async () => expect((await product.request(number)).actions[0]?.status).toBe('decided'))
  })

  test('a bounce of a mail whose Message-ID a relay replaced is known by what came back', async () => {
    const number = await product.fileHire(anna)
    const asked = await product.mail(number, 'approval', anna)
    const messageId = '<0107019a-000000@eu-central-1.amazonses.example>'
    await product.contoso.deliver(approvals, report(asked, { messageId, status: '5.7.1' }), 'external-pass')
    const told = await product.mail(number, 'undelivered', nadia)
    expect(told.text).toContain('Une règle de l’organisation du destinataire a refusé l’e-mail')
  })

  test('a report about nothing of ours is left where it is', async () => {
    const number = await product.fileHire(anna)
    const asked = await product.mail(number, 'approval', anna)
    const forged = report(asked, { messageId: '<countersign.unknown@contoso.example>', status: '5.5.5' })
    const stranger = forged.replace(
      /Subject: [^\r]+(?=\r\nMessage-ID: <countersign)/,
      'Subject: Purchase [#1-1-aaaabbbbccccdddd]',
    )
    await product.contoso.deliver(approvals, stranger, 'external-pass')
    await product.reply(asked, 'Oui')
    await product.inbound(number, 1)
    expect((await product.outbound(number))[0]).toMatchObject({ kind: 'approval', state: 'sent' })
    const left = await product.contoso.mails(approvals, 'Inbox')
    expect(left.map(({ internetMessageId }) => internetMessageId)).toContain(
      '<report-failed-5.5.5@mx.fabrikam.example>',
    )
  })

  test('people who speak of an absence are asked back, and a subject of machines decides nothing', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await product.reply(asked, 'Je suis en congé jusqu’à lundi, mais oui')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'asked-back' }])

    const accepted = Buffer.from(await product.write(asked, 'Oui'))
      .toString('latin1')
      .replace(/^Subject:.*(\r\n[ \t].*)*/im, 'Subject: Accepted: Achat')
    await product.contoso.submit(elodie.address, Buffer.from(accepted, 'latin1'))
    expect((await product.inbound(number, 2))[1]).toMatchObject({
      outcome: 'asked-back',
      reading: { confirm: 'looks-automatic' },
    })
    const back = await product.mail(number, 'asked-back', elodie, 2)
    expect(back.text).toContain('ressemble à une réponse automatique')
    expect((await product.request(number)).actions[0]?.status).toBe('open')
  })
})
