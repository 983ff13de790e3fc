import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mailtoLinks, parseMailto } from '@countersign/simulator/webmail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Store } from '../../src/store/store.ts'
import { anna, elodie, nadia, type Person, thomas } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import type { Mail, RequestView } from '../support/desk.ts'
import { type Product, startProduct } from '../support/start-product.ts'

const example = join(import.meta.dirname, '..', '..', 'examples', 'processes', 'investment.yaml')

/** A desk at which investments are filed. */
interface InvestmentDesk extends Product {
  fileInvestment(process?: string): Promise<number>
  /** The decision of the n-th action of a request; null while there is none. */
  decisionOf(
    request: number,
    action?: number,
  ): Promise<RequestView['actions'][number]['decision'] | undefined>
}

async function startDesk(store: Store): Promise<InvestmentDesk> {
  const product = await startProduct(store)
  const investment = await readFile(example, 'utf8')
  const byGroup = investment
    .replace('name: investment', 'name: investment-of-two')
    .replace('assignee: manager', 'assignee: { group: Human Resources }')
  for (const definition of [investment, byGroup]) {
    await product.api.post('/api/processes/import', { definition, mailbox: 'approvals' })
  }
  return {
    ...product,
    async fileInvestment(process = 'investment') {
      const data = { object: 'Presse plieuse', amount: '48000.00' }
      const body = { process, data, requester: nadia.address }
      return (await product.api.post<RequestView>('/api/requests', body)).id
    },
    decisionOf: async (request, action = 0) => (await product.request(request)).actions[action]?.decision,
  }
}

/** What a button of a mail writes into the reply. */
async function form(mail: Mail, button = 0): Promise<string> {
  const links = await mailtoLinks(mail.raw)
  return parseMailto(links[button]?.href ?? '').body
}

/** A form with these answers between its brackets, in their order. */
function filledIn(form: string, ...answers: string[]): string {
  return answers.reduce((lines, answer) => lines.replace('[ ]', `[${answer}]`), form)
}

describeOnBothDatabases('several questions in one mail', (open) => {
  let product: InvestmentDesk
  beforeAll(async () => {
    product = await startDesk(await open())
  })
  afterAll(() => product?.close())

  test('are answered at once with a button’s form, and by one tap where the others may be left empty', async () => {
    const number = await product.fileInvestment()
    const asked = await product.mail(number, 'approval', elodie)
    expect(asked.text).toContain('Q2. Quel montant accordez-vous ?')
    const yes = await form(asked)
    expect(yes.replaceAll('\u00a0', ' ').trim().split(/\r?\n/)).toEqual([
      'Q1 Décision du responsable : [Oui]',
      'Q2 Montant accordé : [ ]',
      'Q3 Centre de coûts : [ ]',
      'Q4 Commander avant le : [ ]',
    ])
    await product.reply(asked, filledIn(yes, '45 000,00 €', 'logistique', '15 juillet 2027'))
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
    expect(await product.decisionOf(number)).toMatchObject({
      result: 'YES',
      answers: { Q1: 'YES', Q2: '45000.00', Q3: 'LOGISTICS', Q4: '2027-07-15' },
      comment: '',
    })

    const release = await product.mail(number, 'approval', thomas)
    await product.reply(release, await form(release), { locale: 'en' })
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'decided' })
    expect(await product.decisionOf(number, 1)).toMatchObject({ result: 'YES', answers: { Q1: 'YES' } })
    expect(await product.request(number)).toMatchObject({
      status: 'completed',
      data: { decision: 'YES', granted: '45000.00', costCentre: 'LOGISTICS', orderBy: '2027-07-15' },
    })
    const closed = await product.mail(number, 'request-closed', nadia)
    expect(closed.text).toContain('Montant accordé : 45 000,00 €')
  })

  test('are decided by a plain word where the others may be left empty', async () => {
    const number = await product.fileInvestment()
    await product.reply(
      await product.mail(number, 'approval', elodie),
      'Q1: Oui\nQ2: 1000,00\nQ3: Production',
    )
    await product.reply(await product.mail(number, 'approval', thomas), 'Yes', { locale: 'en' })
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'decided' })
  })

  test('are kept as far as they are answered, and only the rest is asked for', async () => {
    const number = await product.fileInvestment()
    await product.reply(await product.mail(number, 'approval', elodie), 'Q1: [Oui]\nQ3: [Production]')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'kept-partly', decision: null }])
    const back = await product.mail(number, 'asked-back', elodie)
    expect(back.subject).toMatch(/^À compléter :/)
    expect(back.text).toContain('Nous avons compris et gardons : Q1 Décision du responsable : Approuver')
    expect(back.text).toContain('Q2. Quel montant accordez-vous ?')
    expect(back.text).not.toContain('Q3. Quel centre de coûts paie ?')

    await product.reply(back, filledIn(await form(back), '17 500 €'))
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'decided' })
    expect(await product.decisionOf(number)).toMatchObject({
      answers: { Q1: 'YES', Q2: '17500.00', Q3: 'PRODUCTION' },
    })
    const { timeline } = await product.request(number)
    expect(timeline.find(({ kind }) => kind === 'answer-kept')?.facts).toMatchObject({
      ...{ answers: { Q1: 'YES', Q3: 'PRODUCTION' }, missing: ['Q2'], rawSha256: expect.any(String) },
    })
    expect((await product.audit()).ok).toBe(true)
  })

  test('are asked again where an answer can mean two things; it comes alone', async () => {
    const number = await product.fileInvestment()
    const words = 'Q1: [Oui]\nQ2: [1,250]\nQ3: [Logistique]'
    await product.reply(await product.mail(number, 'approval', elodie), words)
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'kept-partly' }])
    const back = await product.mail(number, 'asked-back', elodie)
    expect(back.text).toMatch(/« 1,250 », qui peut signifier (1 250,00 € ou 1,25 €|1,25 € ou 1 250,00 €)/)

    await product.reply(back, '1250,00')
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'decided' })
    expect(await product.decisionOf(number)).toMatchObject({ answers: { Q2: '1250.00' } })
  })

  test('are confirmed one by one where one of them is a letter away', async () => {
    const number = await product.fileInvestment()
    const words = 'Q1: [Oui]\nQ2: [1250,00]\nQ3: [Logistiqe]'
    await product.reply(await product.mail(number, 'approval', elodie), words)
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'kept-partly' }])
    const back = await product.mail(number, 'asked-back', elodie)
    expect(back.text).toContain('vouliez-vous dire « Logistique » ?')
    expect(back.text).not.toContain('Q2. Quel montant accordez-vous ?')

    await product.reply(back, 'Logistique')
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'decided' })
    expect(await product.decisionOf(number)).toMatchObject({
      answers: { Q1: 'YES', Q2: '1250.00', Q3: 'LOGISTICS' },
    })
  })

  test.each<[string, Person, string, string, 'fr' | 'en']>([
    ['in French', elodie, 'Q1: [Non]', 'Trop cher pour cette année.', 'fr'],
    ['in English', thomas, 'Q1: [No]', 'The budget of this year is spent.', 'en'],
  ])(
    'wait for the comment that a no needs, which comes alone, %s',
    async (_, person, no, comment, locale) => {
      const number = await product.fileInvestment()
      const first = await product.mail(number, 'approval', elodie)
      if (person === thomas) await product.reply(first, 'Q1: Oui\nQ2: 1000,00\nQ3: Production')
      const before = person === thomas ? 1 : 0
      await product.reply(await product.mail(number, 'approval', person), no, { locale })
      expect((await product.inbound(number, before + 1)).at(-1)).toMatchObject({ outcome: 'kept-partly' })

      await product.reply(await product.mail(number, 'asked-back', person), comment, { locale })
      expect((await product.inbound(number, before + 2)).at(-1)).toMatchObject({ outcome: 'decided' })
      expect(await product.decisionOf(number, before)).toMatchObject({
        result: 'NO',
        answers: { Q1: 'NO' },
        comment,
      })
    },
  )
})

// With a product of its own, for in the one above Élodie has had her share of the answers of an hour.
describeOnBothDatabases('answers to several questions', (open) => {
  let product: InvestmentDesk
  beforeAll(async () => {
    product = await startDesk(await open())
  })
  afterAll(() => product?.close())

  test('replace those that were kept', async () => {
    const number = await product.fileInvestment()
    await product.reply(await product.mail(number, 'approval', elodie), 'Q1: [Oui]\nQ2: [1000,00]')
    await product.reply(await product.mail(number, 'asked-back', elodie), 'Q2: [2000,00]\nQ3: [Production]')
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'decided' })
    expect(await product.decisionOf(number)).toMatchObject({ answers: { Q1: 'YES', Q2: '2000.00' } })
  })

  test('begin anew with another decision', async () => {
    const number = await product.fileInvestment()
    await product.reply(await product.mail(number, 'approval', elodie), 'Q1: [Oui]\nQ2: [1000,00]')
    const back = await product.mail(number, 'asked-back', elodie)
    await product.reply(back, 'Q1: [Non]\n\nLe budget est épuisé.')
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'decided' })
    const { data, actions } = await product.request(number)
    expect(actions[0]?.decision).toMatchObject({ answers: { Q1: 'NO' }, comment: 'Le budget est épuisé.' })
    expect(data).toMatchObject({ decision: 'NO' })
    expect(data).not.toHaveProperty('granted')
  })

  test('are dropped by an unclear reply', async () => {
    const number = await product.fileInvestment()
    await product.reply(await product.mail(number, 'approval', elodie), 'Q1: [Oui]')
    const back = await product.mail(number, 'asked-back', elodie)
    await product.reply(back, 'Attendez, je ne sais pas encore.')
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'asked-back' })
    await product.reply(back, 'Q2: [1000,00]\nQ3: [Production]')
    expect((await product.inbound(number, 3))[2]).toMatchObject({ outcome: 'kept-partly', decision: null })
    const third = await product.mail(number, 'asked-back', elodie, 3)
    expect(third.text).toContain('Q1. Approuvez-vous cet investissement ?')
  })

  test('are taken back by what stands beside the rest', async () => {
    const number = await product.fileInvestment()
    await product.reply(await product.mail(number, 'approval', elodie), 'Q1: [Oui]')
    const back = await product.mail(number, 'asked-back', elodie)
    await product.reply(back, 'Q2: [1000,00]\nQ3: [Production]\n\nMerci d’annuler la commande.')
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'asked-back', decision: null })
    expect(await product.decisionOf(number)).toBeNull()
  })

  test('belong to one person of a group; the first complete one counts, and the other is late', async () => {
    const number = await product.fileInvestment('investment-of-two')
    const asked = await product.mail(number, 'approval', elodie)
    await product.reply(asked, 'Q1: [Oui]')
    const annas = await product.mail(number, 'approval', anna)
    await product.reply(annas, 'Q2: [1250.00]\nQ3: [Logistics]', { locale: 'en' })
    const kept = await product.inbound(number, 2)
    expect(kept).toMatchObject([{ outcome: 'kept-partly' }, { outcome: 'kept-partly' }])
    expect(await product.decisionOf(number)).toBeNull()

    await product.reply(await product.mail(number, 'asked-back', anna), 'Q1: [Yes]', { locale: 'en' })
    expect((await product.inbound(number, 3))[2]).toMatchObject({ outcome: 'decided' })
    expect(await product.decisionOf(number)).toMatchObject({
      by: { address: anna.address },
      answers: { Q1: 'YES', Q2: '1250.00', Q3: 'LOGISTICS' },
    })
    await product.reply(asked, 'Q2: [1000,00]\nQ3: [Production]')
    expect((await product.inbound(number, 4))[3]).toMatchObject({ outcome: 'late', decision: null })
    const late = await product.mail(number, 'late', elodie)
    expect(late.text).toContain('Montant accordé : 1 250,00 €')
  })

  test('are taken by the API, which says what is wrong with each', async () => {
    const number = await product.fileInvestment()
    const [action] = (await product.request(number)).actions
    expect(action?.furtherQuestions).toMatchObject([
      { id: 'Q2', type: 'money', currency: 'EUR', requiredFor: ['YES'] },
      { id: 'Q3', type: 'choice', choices: [{ result: 'PRODUCTION' }, { result: 'LOGISTICS' }] },
      { id: 'Q4', type: 'date', requiredFor: [] },
    ])
    const desk = await product.signIn(elodie)
    const path = `/api/actions/${action?.id}/decide`
    const refused = desk.post(path, { result: 'YES', answers: { Q2: '1,250', Q9: 'x' } })
    await expect(refused).rejects.toMatchObject({ status: 422, code: 'invalid-answers' })
    expect(await product.decisionOf(number)).toBeNull()

    const answers = { Q2: '1250', Q3: 'PRODUCTION' }
    const decided = await desk.post<RequestView['actions'][number]>(path, { result: 'YES', answers })
    expect(decided.decision).toMatchObject({
      ...{ answers: { Q1: 'YES', Q2: '1250.00', Q3: 'PRODUCTION' }, door: 'api' },
    })
    expect((await product.request(number)).data).toMatchObject({ granted: '1250.00' })
  })
})
