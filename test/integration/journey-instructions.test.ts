import { mailtoLinks } from '@countersign/simulator/webmail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anna, approvals, elodie, nadia, type Person, thomas } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type Product, startProduct } from '../support/start-product.ts'

const english = { locale: 'en', style: 'gmail' } as const

describeOnBothDatabases('an action that is handed on by mail', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open())
  })
  afterAll(() => product?.close())

  const kindsTo = async (number: number, { address }: Person) =>
    (await product.outbound(number)).filter(({ to }) => to === address).map(({ kind }) => kind)
  const delegations = async (number: number) =>
    (await product.request(number)).timeline.filter(({ kind }) => kind === 'action-delegated')

  test('is asked of whoever is named, with the words that go with it, and confirmed', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await product.reply(asked, 'Merci de déléguer à Thomas Berger\n\nJe ne connais pas ce fournisseur.')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'instructed', decision: null }])

    const confirmed = await product.mail(number, 'delegated', elodie)
    expect(confirmed.subject).toMatch(/^Transmise :/)
    expect(confirmed.text).toContain('L’action est transmise à Thomas Berger')
    expect(confirmed.text).toContain('Je ne connais pas ce fournisseur.')
    expect(await mailtoLinks(confirmed.raw)).toEqual([])
    const handed = await product.mail(number, 'approval', thomas)
    expect(handed.text).toContain('Élodie Gagnon asks you to answer in their place.')
    expect(handed.text).toContain('Je ne connais pas ce fournisseur.')
    expect(await product.request(number)).toMatchObject({
      actions: [{ status: 'open', decision: null, assignees: [{ address: thomas.address }] }],
    })
    expect(await delegations(number)).toMatchObject([
      {
        by: { address: elodie.address },
        facts: { to: thomas.address, comment: 'Je ne connais pas ce fournisseur.' },
      },
    ])

    await product.reply(asked, 'Oui')
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'late', decision: null })
    expect((await product.mail(number, 'late', elodie)).text).toContain(
      'Cette action attend maintenant Thomas Berger',
    )
    await product.reply(handed, 'Approved', english)
    expect((await product.inbound(number, 3))[2]).toMatchObject({ outcome: 'decided' })
    expect(await product.request(number)).toMatchObject({
      actions: [{ decision: { by: { address: thomas.address }, result: 'YES' } }, {}],
    })
    expect(await kindsTo(number, elodie)).toEqual(['approval', 'delegated', 'late'])
    expect(await product.audit()).toMatchObject({ ok: true, broken: [] })
  })

  test('is handed on once, however often the mail comes', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    const raw = await product.write(asked, `DÉLÉGUER ${thomas.address}`)
    for (let round = 0; round < 3; round += 1) await product.contoso.submit(elodie.address, raw)
    const outcomes = (await product.inbound(number, 3)).map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['instructed', 'duplicate', 'duplicate'])
    expect(await delegations(number)).toHaveLength(1)
    expect((await kindsTo(number, thomas)).filter((kind) => kind === 'approval')).toHaveLength(1)
  })

  test('goes no further than three times, and comes back to one of them', async () => {
    const number = await product.filePurchase()
    const pass = async (from: Person, to: Person, nth: number, count: number) => {
      await product.reply(await product.mail(number, 'approval', from, nth), `DELEGATE ${to.address}`)
      return (await product.inbound(number, count)).at(-1)
    }
    await pass(elodie, thomas, 1, 1)
    await pass(thomas, elodie, 1, 2)
    await pass(elodie, thomas, 2, 3)
    await pass(thomas, elodie, 2, 4)
    expect(await delegations(number)).toHaveLength(3)
    const refused = await product.mail(number, 'asked-back', thomas)
    expect(refused.text).toContain('It has been handed on three times, which is the most.')
    await product.tap(refused, 'Approve')
    expect((await product.inbound(number, 5)).at(-1)).toMatchObject({ outcome: 'decided' })
  })

  test('says that it is for good, where a last day is wished', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await product.reply(asked, 'Déléguer à Thomas Berger jusqu’au 5 décembre 2126')
    const confirmed = await product.mail(number, 'delegated', elodie)
    expect(confirmed.text).toContain('Elle est transmise définitivement')
    expect(confirmed.text).toContain('5 décembre 2126')
  })

  test('is not, where the step lets nobody be asked instead', async () => {
    const number = await product.fileHire(thomas)
    await product.reply(await product.mail(number, 'approval', thomas), 'Yes', english)
    await product.reply(
      await product.mail(number, 'approval', anna),
      'DELEGATE thomas.berger@contoso.example',
    )
    expect((await product.inbound(number, 2)).at(-1)).toMatchObject({ outcome: 'instructed' })
    expect((await product.mail(number, 'asked-back', anna)).text).toContain(
      'The rules of this request let nobody be asked in your place.',
    )
    expect(await delegations(number)).toEqual([])
  })

  test('to a group alone, goes to nobody else', async () => {
    const number = await product.fileHire(thomas)
    const asked = await product.mail(number, 'approval', thomas)
    await product.reply(asked, `Delegate to ${nadia.address}`, english)
    await product.inbound(number, 1)
    const refused = await product.mail(number, 'asked-back', thomas)
    expect(refused.text).toContain('belongs to “Human Resources”')
    await product.reply(refused, 'Delegate to Anna Novak', english)
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'instructed' })
    await product.reply(await product.mail(number, 'approval', anna), 'Yes', english)
    expect((await product.inbound(number, 3))[2]).toMatchObject({ outcome: 'decided' })
  })
})

describeOnBothDatabases('a delegation that cannot be', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open())
    const people = [
      { address: 'thomas.legrand@contoso.example', name: 'Thomas Legrand', locale: 'fr' },
      { address: 'left@contoso.example', name: 'Lena Gone', locale: 'en', active: false },
    ]
    await product.api.post('/api/people/import', { people: JSON.stringify({ people }) })
  })
  afterAll(() => product?.close())

  const refuse = async (text: string) => {
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), text)
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'instructed', decision: null }])
    expect(await product.request(number)).toMatchObject({
      actions: [{ status: 'open', assignees: [{ address: elodie.address }] }],
    })
    return { number, mail: await product.mail(number, 'asked-back', elodie) }
  }

  test.each([
    ['Déléguer à l’équipe', 'Nous ne connaissons personne du nom de « l’équipe ».'],
    ['Déléguer', 'Votre réponse ne dit pas qui doit être sollicité.'],
    ['Déléguer à Lena Gone', 'personne du nom de « Lena Gone »'],
    ['Déléguer à left@contoso.example', 'personne du nom de « left@contoso.example »'],
    ['Déléguer à Élodie Gagnon', 'Vous avez indiqué votre propre nom'],
    ['Déléguer à BELKACEM Nadia', '« BELKACEM Nadia » est à l’origine de cette demande'],
  ])('%s: the mail says what is wrong, and what holds', async (text, said) => {
    const { mail } = await refuse(text)
    expect(mail.subject).toMatch(/^Non transmise :/)
    expect(mail.text).toContain(said)
    expect(mail.text).toContain('DÉLÉGUER et un nom ou une adresse')
  })

  test('because the name is several people’s, is done by the button of one; others stay unknown', async () => {
    const { number, mail } = await refuse('Déléguer à Thomas')
    expect(mail.text).toContain('« Thomas » peut désigner plusieurs personnes.')
    expect(mail.text).toContain(thomas.address)
    expect(mail.text).not.toContain('Legrand')
    await product.tap(mail, 'Thomas Berger')
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'instructed' })
    await product.mail(number, 'delegated', elodie)
    await product.mail(number, 'approval', thomas)
  })
})

describeOnBothDatabases('an instruction', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open())
  })
  afterAll(() => product?.close())

  test('of somebody else is held, and nothing is done or revealed', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    for (const text of [`DÉLÉGUER ${thomas.address}`, 'STATUT', 'AIDE']) {
      await product.reply(asked, text, { from: thomas })
    }
    const outcomes = (await product.inbound(number, 3)).map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['held', 'held', 'held'])
    expect(await product.request(number)).toMatchObject({
      actions: [{ assignees: [{ address: elodie.address }] }],
    })
    const made = (await product.outbound(number)).map(({ kind, to }) => [kind, to])
    expect(new Set(made.map(([, to]) => to))).toEqual(new Set([elodie.address]))
    expect(made.map(([kind]) => kind)).not.toContain('status')
  })

  test('that is forged is rejected', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    const raw = await product.write(asked, `DÉLÉGUER ${thomas.address}`)
    await product.contoso.deliver(approvals, raw, 'spoof')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'rejected' }])
    expect((await product.outbound(number)).map(({ kind }) => kind)).toEqual(['approval'])
  })

  test('in the quoted text does nothing', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await product.reply(asked, `Merci\n\n> DÉLÉGUER ${thomas.address}`)
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'asked-back', decision: null }])
    expect(await product.request(number)).toMatchObject({
      actions: [{ assignees: [{ address: elodie.address }] }],
    })
  })

  test('beside an answer decides nothing', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await product.reply(asked, 'Oui, déléguez-la à Thomas')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'asked-back', decision: null }])
    const back = await product.mail(number, 'asked-back', elodie)
    expect(back.text).toContain('Votre réponse peut signifier plusieurs des réponses possibles.')
  })

  test('is STATUS: told where the request stands, while it is open and after', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await product.reply(asked, 'Statut ?')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'instructed', decision: null }])
    const mine = await product.mail(number, 'status', elodie)
    expect(mine.text).toContain('Elle attend votre réponse, si possible avant le')
    expect(mine.text).toContain('Accord du responsable : Attend Élodie Gagnon depuis le')
    await product.tap(mine, 'Approuver')
    await product.inbound(number, 2)

    await product.reply(asked, 'STATUT')
    expect((await product.inbound(number, 3))[2]).toMatchObject({ outcome: 'instructed' })
    const later = await product.mail(number, 'status', elodie, 2)
    expect(later.text).toContain('Elle est ouverte, et rien ne vous est demandé pour le moment.')
    expect(later.text).toContain('Élodie Gagnon a répondu « Approuver »')
    expect(later.text).toContain('Accord des finances : Attend Thomas Berger depuis le')
    expect(await mailtoLinks(later.raw)).toEqual([])

    const finance = await product.mail(number, 'approval', thomas)
    await product.reply(finance, 'No\n\nThe budget is spent.', english)
    await product.inbound(number, 4)
    await product.reply(finance, 'status', english)
    const closed = await product.mail(number, 'status', thomas)
    expect(closed.text).toMatch(/It ended on .*: Refused\./)
    expect(closed.text).toContain('Thomas Berger answered “Refuse” on')
    expect(closed.text).toContain('“The budget is spent.”')
  })

  test('is STATUS of somebody who handed the action on: told who is asked, and no more', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await product.reply(asked, `DÉLÉGUER ${thomas.address}`)
    await product.inbound(number, 1)
    await product.reply(asked, 'STATUT')
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'late' })
    expect((await product.mail(number, 'late', elodie)).text).toContain('attend maintenant Thomas Berger')
  })
})

describeOnBothDatabases('a word that is asked about', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open())
  })
  afterAll(() => product?.close())

  test('HELP lists what holds for the action: DELEGATE where its step allows it', async () => {
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), 'Aide svp')
    await product.inbound(number, 1)
    const help = await product.mail(number, 'asked-back', elodie)
    expect(help.subject).toMatch(/^Comment répondre :/)
    expect(help.text).toContain('DÉLÉGUER et un nom ou une adresse')
    await product.tap(help, 'Approuver')

    await product.reply(await product.mail(number, 'approval', thomas), 'help', english)
    await product.inbound(number, 3)
    const shorter = await product.mail(number, 'asked-back', thomas)
    expect(shorter.text).toContain('STATUS: tells you where the request stands.')
    expect(shorter.text).not.toContain('DELEGATE')
  })

  test('with a typing error counts at one tap', async () => {
    const number = await product.fileHire(thomas)
    await product.reply(await product.mail(number, 'approval', thomas), 'Aproved', english)
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'asked-back', decision: null }])
    const back = await product.mail(number, 'asked-back', thomas)
    const [, meant = ''] = /If you meant “([^”]+)”, press that button, and it counts\./.exec(back.text) ?? []
    expect(meant).not.toBe('')
    await product.tap(back, meant)
    expect((await product.inbound(number, 2))[1]).toMatchObject({
      outcome: 'decided',
      decision: { result: 'YES' },
    })
  })

  test.each([
    'Comment: the supplier called',
    'Kommentar: the supplier called',
    'Comentario\n\nthe supplier called',
    'Commento: the supplier called',
    'Opmerking: the supplier called',
    'Comentário: the supplier called',
    'Komentarz: the supplier called',
    'COMMENTAIRE : the supplier called',
  ])('%s: is recorded, confirmed, and decides nothing', async (text) => {
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), text)
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'commented', decision: null }])
    const told = await product.mail(number, 'comment-recorded', elodie)
    expect(told.text).toContain('the supplier called')
    expect(await mailtoLinks(told.raw)).toHaveLength(3)
  })
})
