/** The portal in a browser, on a phone and on a desktop: approvers decide, requesters follow. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { browse, chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { password } from '../support/browser-session.ts'
import { anna, elodie, nadia, type Person, thomas } from '../support/contoso.ts'
import type { Desk, RequestView } from '../support/desk.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

const investment = join(import.meta.dirname, '..', '..', 'examples', 'processes', 'investment.yaml')

const inFrench = { locale: 'fr-FR', viewport: phone }
const inEnglish = { locale: 'en-GB', viewport: desktop }

describe('the portal', () => {
  let pages: PagesUnderTest
  let desk: Desk
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages()
    desk = pages.desk
    const definition = await readFile(investment, 'utf8')
    await desk.api.post('/api/processes/import', { definition, mailbox: 'approvals' })
    for (const person of [nadia, elodie, thomas, anna]) await pages.welcome(person)
  }, 120_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  async function actionOf(number: number, nth = 1): Promise<RequestView['actions'][number]> {
    const { actions } = await desk.request(number)
    const action = actions[nth - 1]
    if (!action) throw new Error(`request ${number} has no action ${nth}`)
    return action
  }

  async function decide(person: Person, number: number, result: string, comment = ''): Promise<void> {
    const { id } = await actionOf(number, (await desk.request(number)).actions.length)
    const api = await desk.signIn(person)
    await api.post(`/api/actions/${id}/decide`, { result, comment })
  }

  async function fileInvestment(): Promise<number> {
    const data = { object: 'Chariot élévateur', amount: '24000.00' }
    const filed = { process: 'investment', requester: nadia.address, data }
    return (await desk.api.post<RequestView>('/api/requests', filed)).id
  }

  test('a mail leads to its action, and one press on a phone decides it', async () => {
    const number = await desk.filePurchase()
    const mail = await desk.mail(number, 'approval', elodie)
    const link = new RegExp(`${pages.server.url}/actions/[0-9a-f-]{36}`).exec(mail.parsed.text ?? '')?.[0]
    expect(link).toBeDefined()

    await using browsing = await browse(pages.server.url, inFrench)
    const { page } = browsing
    await page.goto(link ?? '')
    await page.waitForURL('**/sign-in?to=*')
    await page.getByLabel('Adresse e-mail').fill(elodie.address)
    await page.getByLabel('Mot de passe', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
    await page.waitForURL(link ?? '')
    await page.getByRole('heading', { name: 'Achat : 12 ordinateurs portables' }).waitFor()
    await page.getByText('18 460,00 €').waitFor()
    await page.getByRole('heading', { name: 'Demandé par Nadia Belkacem' }).waitFor()
    const press = page.getByRole('button', { name: 'Approuver' })
    const box = await press.boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
    await expectSound(browsing, 'action-fr')
    await press.click()
    await page.getByText('Votre réponse est enregistrée.').waitFor()
    await page.getByRole('heading', { name: 'La décision' }).waitFor()
    await expectSound(browsing, 'action-decided-fr')
    expect(await actionOf(number)).toMatchObject({
      status: 'decided',
      decision: { result: 'YES', door: 'portal' },
    })
  })

  test('an answer that needs a comment says so at the field, and keeps what was written', async () => {
    const number = await desk.filePurchase()
    const { id } = await actionOf(number)
    await using browsing = await pages.browseAs(elodie, inEnglish)
    const { page } = browsing
    await page.goto(`/actions/${id}`)
    await page.getByRole('button', { name: 'Refuse' }).click()
    await page.getByText('This answer needs a comment that says why.').waitFor()
    const comment = page.getByLabel('Comment')
    await expect.poll(() => page.locator('textarea:focus').count()).toBe(1)
    await expectSound(browsing, 'action-comment-missing-en')
    await comment.fill('The lease is cheaper.')
    await page.getByRole('button', { name: 'Refuse' }).click()
    await page.getByText('Your answer is recorded.').waitFor()
    await page.getByText('The lease is cheaper.').waitFor()
    expect((await actionOf(number)).decision).toMatchObject({
      result: 'NO',
      comment: 'The lease is cheaper.',
    })
  })

  test('who comes late is told who has decided, and changes nothing', async () => {
    const number = await desk.fileHire(thomas)
    await decide(thomas, number, 'YES')
    const { id } = await actionOf(number, 2)
    await using browsing = await pages.browseAs(elodie, inFrench)
    const { page } = browsing
    // Their page has not heard of it when they press.
    await page.route('**/api/changes', (route) => route.abort())
    await page.goto(`/actions/${id}`)
    const press = page.getByRole('button', { name: 'Complet', exact: true })
    await press.waitFor()
    await decide(anna, number, 'TO_BE_COMPLETED', 'The contract is missing.')
    await press.click()
    await page.getByText('Anna Novák a déjà répondu.').waitFor()
    await page.getByText('The contract is missing.').waitFor()
    expect(await page.getByRole('button', { name: 'Complet', exact: true }).count()).toBe(0)
    await expectSound(browsing, 'action-late-fr')
    expect((await actionOf(number, 2)).decision?.result).toBe('TO_BE_COMPLETED')
  })

  test.each([
    [
      'en',
      inEnglish,
      '23500.5',
      '23,500.5',
      'DD/MM/YYYY',
      'Approve',
      'Your answer is recorded.',
      'Which cost centre pays?',
    ],
    [
      'fr',
      inFrench,
      '23500,5',
      '23 500,5',
      'JJ/MM/AAAA',
      'Approuver',
      'Votre réponse est enregistrée.',
      'Quel centre de coûts paie ?',
    ],
  ])('several questions are answered in the fields of their types: %s', async (...given) => {
    const [language, options, typed, shown, shape, approve, recorded, costCentre] = given
    const number = await fileInvestment()
    await using browsing = await pages.browseAs(elodie, options)
    const { page } = browsing
    await page.goto(`/actions/${(await actionOf(number)).id}`)
    await page.getByRole('button', { name: approve }).click()
    await expect.poll(() => page.locator('[aria-invalid="true"]').count()).toBe(2)
    await expectSound(browsing, `action-questions-${language}`)

    const amount = page.locator('input[inputmode="decimal"]')
    await amount.fill(typed)
    expect((await amount.inputValue()).replace(/\s/g, ' ')).toBe(shown)
    await page.getByLabel(costCentre).selectOption('LOGISTICS')
    const date = page.getByPlaceholder(shape)
    await date.fill('15/3/2027')
    await date.blur()
    expect(await date.inputValue()).toBe('15/03/2027')
    await page.getByRole('button', { name: approve }).click()
    await page.getByText(recorded).waitFor()
    await expectSound(browsing, `action-questions-decided-${language}`)
    expect((await actionOf(number)).decision?.answers).toEqual({
      Q1: 'YES',
      Q2: '23500.50',
      Q3: 'LOGISTICS',
      Q4: '2027-03-15',
    })
  })

  test('an action is handed on to a colleague, who sees by whom; to who may not have it, it says so', async () => {
    const number = await desk.filePurchase()
    const { id } = await actionOf(number)
    await using browsing = await pages.browseAs(elodie, inEnglish)
    const { page } = browsing
    await page.goto(`/actions/${id}`)
    await page.getByRole('button', { name: 'Ask somebody else' }).click()
    const to = page.getByRole('combobox', { name: 'Who decides in your place' })
    await to.fill(nadia.address)
    await page.getByRole('button', { name: 'Hand on' }).click()
    await page.getByText('The person who made this request may not decide it.').waitFor()
    await expectSound(browsing, 'action-hand-on-en')
    await to.fill(thomas.address)
    await page.getByLabel('What should they know?').fill('You know the supplier.')
    await page.getByRole('button', { name: 'Hand on' }).click()
    await page.getByRole('heading', { name: 'Handed on' }).waitFor()

    await using theirs = await pages.browseAs(thomas, { locale: 'en-GB', viewport: phone })
    await theirs.page.goto('/actions?list=handed-on')
    await theirs.page.getByText('Élodie Gagnon asks you to decide in their place.').waitFor()
    await expectSound(theirs, 'actions-handed-on-en')
  })

  test.each([
    ['en', inEnglish, 'My approvals', 'Closed', 'Decided'],
    ['fr', inFrench, 'Mes approbations', 'Closes', 'Décidée'],
  ])('one’s own approvals are listed, to do and closed: %s', async (...given) => {
    const [language, options, title, closed, decided] = given
    const [done] = [await desk.filePurchase(), await desk.filePurchase()]
    await decide(elodie, done, 'YES')
    await using browsing = await pages.browseAs(elodie, options)
    const { page } = browsing
    await page.goto('/')
    await page.getByRole('heading', { name: title }).waitFor()
    await page.getByRole('link', { name: '12 ordinateurs portables' }).first().waitFor()
    await expectSound(browsing, `actions-${language}`)
    await page.getByRole('tab', { name: closed }).click()
    await page.getByText(decided, { exact: true }).first().waitFor()
    expect(new URL(page.url()).search).toBe('?list=closed')
    await expectSound(browsing, `actions-closed-${language}`)
    await page.getByRole('link', { name: '12 ordinateurs portables' }).first().click()
    await page.waitForURL(/\/actions\/[0-9a-f-]{36}$/)
  })

  test.each([
    ['en', inEnglish, 'My requests', 'What happened', 'Élodie Gagnon: Approve', 'Waits for Thomas Berger'],
    [
      'fr',
      inFrench,
      'Mes demandes',
      'Ce qui s’est passé',
      'Élodie Gagnon : Approuver',
      'En attente de Thomas Berger',
    ],
  ])('a requester sees where a request stands and what happened: %s', async (...given) => {
    const [language, options, title, timeline, step, waits] = given
    const number = await desk.filePurchase()
    await desk.reply(await desk.mail(number, 'approval', elodie), 'Oui\n\nLivraison avant le 15, merci.')
    await desk.mail(number, 'approval', thomas)
    await using browsing = await pages.browseAs(nadia, options)
    const { page } = browsing
    await page.goto('/requests')
    await page.getByRole('heading', { name: title }).waitFor()
    await expectSound(browsing, `requests-${language}`)
    await page.getByRole('link', { name: '12 ordinateurs portables' }).first().click()
    await page.getByRole('heading', { name: timeline }).waitFor()
    await page.getByText(step).waitFor()
    await page.getByText('Livraison avant le 15, merci.').waitFor()
    await page.getByRole('heading', { name: waits }).waitFor()
    await expectSound(browsing, `request-${language}`)
  })

  test('a request that has ended says how, in the words of its process', async () => {
    const number = await desk.filePurchase()
    await decide(elodie, number, 'NO', 'Not this year.')
    await using browsing = await pages.browseAs(nadia, inFrench)
    const { page } = browsing
    await page.goto(`/requests/${number}`)
    await page.getByRole('heading', { name: 'Refusé' }).waitFor()
    await page.getByText('La demande a pris fin : Refusé').waitFor()
    await expectSound(browsing, 'request-ended-fr')
  })

  test('what is not there, or not theirs, says so; empty lists say what will be in them', async () => {
    const number = await desk.filePurchase()
    const { id } = await actionOf(number)
    await using browsing = await pages.browseAs(anna, { locale: 'en-GB', viewport: phone })
    const { page } = browsing
    for (const path of [`/actions/${id}`, `/requests/${number}`]) {
      await page.goto(path)
      await page.getByRole('alert').waitFor()
      await expectSound(browsing, 'not-theirs-en')
    }
    for (const path of ['/requests/0', '/actions/7']) {
      await page.goto(path)
      await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
      await expectSound(browsing, 'no-such-page-en')
    }
    await page.goto('/requests')
    await page.getByRole('heading', { name: 'You have made no request yet' }).waitFor()
    await expectSound(browsing, 'requests-empty-en')
  })
})
