import { mailtoLinks } from '@countersign/simulator/webmail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { administrator, elodie, thomas } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type Product, startProduct } from '../support/start-product.ts'

describeOnBothDatabases('an answer that is not plain', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open())
  })
  afterAll(() => product?.close())

  test('is asked back twice, then held for a person, and decides nothing', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)

    await product.reply(asked, 'oui mais pas plus de 500')
    await product.inbound(number, 1)
    const first = await product.mail(number, 'asked-back', elodie)
    expect(first.subject).toMatch(/^À préciser :/)
    expect(first.text).toContain('Votre réponse n’a encore rien décidé')
    expect(first.text).toContain('oui mais pas plus de 500')

    await product.reply(first, 'Qui a fait le devis ?')
    await product.inbound(number, 2)
    const second = await product.mail(number, 'asked-back', elodie, 2)
    expect(second.text).toContain(
      'Votre réponse ressemble à une question, à laquelle personne ne peut répondre',
    )

    await product.reply(second, 'peut-être')
    const messages = await product.inbound(number, 3)
    expect(messages.map(({ outcome }) => outcome)).toEqual(['asked-back', 'asked-back', 'held'])
    expect(await product.request(number)).toMatchObject({
      status: 'open',
      actions: [{ status: 'open', decision: null }],
    })

    // Held is not closed: a plain answer to any of the mails still decides.
    await product.reply(first, 'Oui')
    expect((await product.inbound(number, 4)).at(-1)).toMatchObject({ outcome: 'decided' })
    const answers = (await product.outbound(number)).filter(({ inReplyTo }) => inReplyTo !== null)
    expect(answers.map(({ kind }) => kind)).toEqual(['asked-back', 'asked-back'])
    const { timeline } = await product.request(number)
    expect(timeline.find(({ kind }) => kind === 'reply-held')?.facts).toMatchObject({
      reasons: ['asked-back-twice', 'not-an-answer'],
    })
  })

  test('is asked back when it is empty', async () => {
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), '')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'asked-back' }])
    const back = await product.mail(number, 'asked-back', elodie)
    expect(back.text).toContain('sans un mot de vous')
  })

  test('in French, is kept until COMMENTAIRE brings the comment that it needs', async () => {
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), 'Non')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'kept-partly', decision: null }])
    const back = await product.mail(number, 'asked-back', elodie)
    expect(back.text).toContain('Nous avons compris et gardons « Refuser ».')
    expect(await product.request(number)).toMatchObject({ actions: [{ status: 'open' }] })

    await product.reply(back, 'COMMENTAIRE : trop cher')
    expect((await product.inbound(number, 2))[1]).toMatchObject({
      outcome: 'decided',
      decision: { result: 'NO', comment: 'trop cher' },
    })
  })

  test('in English, is kept until COMMENT brings the comment that it needs', async () => {
    const number = await product.fileHire(thomas)
    const english = { locale: 'en', style: 'gmail' } as const
    await product.reply(await product.mail(number, 'approval', thomas), 'Refused', english)
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'kept-partly' }])
    await product.reply(
      await product.mail(number, 'asked-back', thomas),
      'COMMENT: no budget for it',
      english,
    )
    expect((await product.inbound(number, 2))[1]).toMatchObject({
      outcome: 'decided',
      decision: { result: 'NO', comment: 'no budget for it' },
    })
  })

  test('is followed by a complete one, which replaces what was kept', async () => {
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), 'Non')
    const back = await product.mail(number, 'asked-back', elodie)
    await product.reply(back, 'Oui')
    expect((await product.inbound(number, 2))[1]).toMatchObject({ decision: { result: 'YES', comment: '' } })
  })

  test.each([
    'COMMENTAIRE : en fait je voulais dire oui, approuvé',
    'COMMENTAIRE : attendez, je ne sais pas encore',
  ])('is not completed by a comment that takes it back: %s', async (comment) => {
    const number = await product.filePurchase()
    await product.reply(await product.mail(number, 'approval', elodie), 'Non')
    const back = await product.mail(number, 'asked-back', elodie)
    await product.reply(back, comment)
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'asked-back', decision: null })
    await product.reply(back, 'COMMENTAIRE : trop cher')
    expect((await product.inbound(number, 3))[2]).toMatchObject({ outcome: 'commented', decision: null })
  })
})

// With a product of its own, for in the one above Élodie has had her ten answers of the hour.
describeOnBothDatabases(
  'an answer without the comment that it needs, or a comment without an answer',
  (open) => {
    let product: Product
    beforeAll(async () => {
      product = await startProduct(await open())
    })
    afterAll(() => product?.close())

    test('is kept no longer than until the next unclear reply', async () => {
      const number = await product.filePurchase()
      await product.reply(await product.mail(number, 'approval', elodie), 'Non')
      const back = await product.mail(number, 'asked-back', elodie)
      await product.reply(back, 'Attendez, oubliez mon refus')
      await product.inbound(number, 2)
      await product.reply(back, 'COMMENTAIRE : le prix est de 10 €')
      expect((await product.inbound(number, 3))[2]).toMatchObject({ outcome: 'commented', decision: null })
    })

    test.each([
      ['in French', elodie, 'Non', 'Trop cher pour cette année.', 'fr'],
      ['in English', thomas, 'No', 'There is no budget left for it.', 'en'],
    ] as const)('is completed by the comment alone, %s', async (_, head, no, comment, locale) => {
      const number = await product.fileHire(head)
      await product.reply(await product.mail(number, 'approval', head), no, { locale })
      await product.reply(await product.mail(number, 'asked-back', head), comment, { locale })
      expect((await product.inbound(number, 2))[1]).toMatchObject({
        outcome: 'decided',
        decision: { result: 'NO', comment },
      })
    })

    test.each(['D’accord', 'OK', '👍'])(
      'is no yes by a mere %s to the mail that asks for it',
      async (word) => {
        const number = await product.fileHire(thomas)
        await product.reply(await product.mail(number, 'approval', thomas), 'No')
        await product.reply(await product.mail(number, 'asked-back', thomas), word)
        expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'asked-back', decision: null })
        const { timeline } = await product.request(number)
        expect(timeline.at(-1)).toMatchObject({ kind: 'answer-kept' })
      },
    )

    test('is kept while HELP is asked for', async () => {
      const number = await product.filePurchase()
      await product.reply(await product.mail(number, 'approval', elodie), 'Non')
      const back = await product.mail(number, 'asked-back', elodie)
      await product.reply(back, 'AIDE')
      await product.inbound(number, 2)
      await product.reply(back, 'COMMENTAIRE : trop cher')
      expect((await product.inbound(number, 3))[2]).toMatchObject({ outcome: 'decided' })
    })

    test('is not kept beyond a reassignment', async () => {
      const number = await product.filePurchase()
      await product.reply(await product.mail(number, 'approval', elodie), 'Non')
      await product.inbound(number, 1)
      const [action] = (await product.request(number)).actions
      const desk = await product.signIn(administrator)
      for (const { address } of [thomas, elodie]) {
        await desk.post(`/api/actions/${action?.id}/reassign`, { to: address })
      }
      await product.reply(await product.mail(number, 'approval', elodie, 2), 'COMMENTAIRE : je regarde')
      expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'commented', decision: null })
    })

    test('is a comment alone: recorded beside the open action, and confirmed', async () => {
      const number = await product.filePurchase()
      await product.reply(
        await product.mail(number, 'approval', elodie),
        'COMMENTAIRE : je demande un second devis',
      )
      expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'commented', decision: null }])
      const told = await product.mail(number, 'comment-recorded', elodie)
      expect(told.text).toContain('Rien n’est encore décidé')
      const { timeline, actions } = await product.request(number)
      expect(timeline.at(-1)).toMatchObject({ kind: 'action-commented', by: { address: elodie.address } })
      expect(actions).toMatchObject([{ status: 'open' }])
    })

    test.each([
      ['AIDE', elodie, 'Comment répondre à cette demande'],
      ['HELP', thomas, 'How to answer this request'],
    ])('is %s: answered with the words and the buttons', async (word, head, said) => {
      const number = await product.fileHire(head)
      await product.reply(await product.mail(number, 'approval', head), word)
      expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'instructed', decision: null }])
      const help = await product.mail(number, 'asked-back', head)
      expect(help.text).toContain(said)
      expect(await mailtoLinks(help.raw)).toHaveLength(2)
    })
  },
)

describeOnBothDatabases('answers by mail to one address', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open())
  })
  afterAll(() => product?.close())

  test('end after ten an hour, while decisions go on', async () => {
    const number = await product.fileHire(thomas)
    const asked = await product.mail(number, 'approval', thomas)
    for (let round = 0; round < 11; round += 1) await product.reply(asked, 'COMMENT: once more')
    const messages = await product.inbound(number, 11)
    expect(messages.every(({ outcome }) => outcome === 'commented')).toBe(true)

    await product.reply(asked, 'Yes')
    expect((await product.inbound(number, 12)).at(-1)).toMatchObject({ outcome: 'decided' })
    const answers = (await product.outbound(number)).filter(({ inReplyTo }) => inReplyTo !== null)
    expect(answers).toHaveLength(10)
    // The cap is the address's alone.
    await product.mail(number, 'approval', elodie)
  })
})

describeOnBothDatabases('an unclear answer after ten answers to one address', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open(), { remoteApproval: { sendConfirmations: true } })
  })
  afterAll(() => product?.close())

  test('is held for a person, since nobody can be asked back for now; confirmations do not count', async () => {
    const decided = await product.fileHire(thomas)
    await product.reply(await product.mail(decided, 'approval', thomas), 'Yes')
    await product.mail(decided, 'confirmation', thomas)

    const number = await product.fileHire(thomas)
    const asked = await product.mail(number, 'approval', thomas)
    for (let round = 0; round < 9; round += 1) await product.reply(asked, 'COMMENT: once more')
    await product.inbound(number, 9)
    await product.reply(asked, 'perhaps')
    expect((await product.inbound(number, 10)).at(-1)).toMatchObject({ outcome: 'asked-back' })

    await product.reply(asked, 'perhaps not')
    expect((await product.inbound(number, 11)).at(-1)).toMatchObject({ outcome: 'held', decision: null })
    const { timeline, actions } = await product.request(number)
    expect(timeline.filter(({ kind }) => kind === 'reply-held')).toMatchObject([
      { facts: { reasons: ['answer-cap', expect.any(String)] } },
    ])
    expect(actions).toMatchObject([{ status: 'open' }])
    const answers = (await product.outbound(number)).filter(({ inReplyTo }) => inReplyTo !== null)
    expect(answers.filter(({ kind }) => kind === 'asked-back')).toHaveLength(1)
    expect(answers).toHaveLength(10)
  })
})
