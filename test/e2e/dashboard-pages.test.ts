/** The dashboard in a browser: an installation from its first minute on, as those see it who look after it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { administrator, anna, approvals, elodie, nadia } from '../support/contoso.ts'
import { importSamples } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

const inFrench = { locale: 'fr-FR', timezoneId: 'Europe/Paris' }
const inEnglish = { locale: 'en-GB', timezoneId: 'Europe/London' }
/** By then the page has looked again. */
const A_WHILE_MS = 31_000

describe('the dashboard', () => {
  let pages: PagesUnderTest
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages({ isEmpty: true })
    await pages.welcome(administrator, 'administrator')
  }, 120_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  const figure = (page: Page, label: string) =>
    page.getByRole('term').filter({ hasText: label }).locator('..').getByRole('definition')

  test.each([
    [
      'en',
      inEnglish,
      desktop,
      'Make a request',
      'Make a process',
      'See your requests',
      'Import people and groups',
    ],
    [
      'fr',
      inFrench,
      phone,
      'Faire une demande',
      'Créer un processus',
      'Voir vos demandes',
      'Importer des personnes et des groupes',
    ],
  ])('pages that have nothing to show yet lead on: %s', async (...given) => {
    const [language, options, viewport, request, process, requests, people] = given
    await using browsing = await pages.browseAs(administrator, { ...options, viewport })
    const { page } = browsing
    const places = [
      ['/requests', request, '/requests/new'],
      ['/requests/new', process, '/processes/+new'],
      ['/processes', process, '/processes/+new'],
      ['/actions', requests, '/requests'],
      ['/mail', request, '/requests/new'],
      ['/audit', request, '/requests/new'],
      ['/people/groups', people, '/people/import'],
    ] as const
    for (const [path, name, to] of places) {
      await page.goto(path)
      const link = page.getByRole('main').getByRole('link', { name })
      await link.waitFor()
      expect(await link.getAttribute('href'), path).toBe(to)
      await expectSound(browsing, `empty${path.replaceAll('/', '-')}-${language}`)
    }
  })

  test('is where administrators come first: it says what comes first, and fills when there is something', async () => {
    await using browsing = await pages.browseAs(administrator, inEnglish)
    const { page } = browsing
    await page.clock.install()
    await page.goto('/')
    await page.waitForURL('**/dashboard')
    await page.getByRole('heading', { name: 'First, the mailbox' }).waitFor()
    await expectSound(browsing, 'dashboard-empty-en', [desktop, phone])
    await page.getByRole('link', { name: 'Begin with the setup guide' }).click()
    await page.waitForURL('**/configuration/setup-guide')

    const { desk, contoso } = pages
    await desk.api.put('/api/mailboxes/approvals', contoso.mailboxForm())
    await page.getByRole('navigation').getByRole('link', { name: 'Dashboard' }).click()
    await page.clock.fastForward(A_WHILE_MS)
    await page.getByText('Nothing has been asked yet').waitFor()
    await page.getByRole('link', { name: 'Make a process' }).waitFor()
    await importSamples(desk.api)
    await page.reload()
    await page.getByRole('link', { name: 'Make a request' }).waitFor()
    await page.getByRole('link', { name: approvals }).waitFor()
    await expectSound(browsing, 'dashboard-new-en', [desktop, phone])
  })

  test('tells what waits, how it was decided and what was unclear, in a chart and in figures', async () => {
    const { desk } = pages
    // Élodie answers by mail, Thomas on a page; Élodie's second answer is unclear, her third one still to come.
    const first = await desk.filePurchase()
    await desk.reply(await desk.mail(first, 'approval', elodie), 'Oui')
    const unclear = await desk.filePurchase()
    await desk.reply(await desk.mail(unclear, 'approval', elodie), 'Oui, si c’est moins de 10 000 €.')
    await desk.inbound(unclear, 1)
    await desk.inbound(first, 1)

    await pages.welcome(anna, 'auditor')
    await using browsing = await pages.browseAs(anna, inFrench)
    const { page } = browsing
    await page.clock.install()
    await page.goto('/dashboard')
    await page.getByRole('heading', { name: 'Tableau de bord', level: 1 }).waitFor()
    await page.getByText('En service').waitFor()
    expect(await page.getByRole('link', { name: /approvals@/ }).count()).toBe(0)
    expect(await figure(page, 'En attente').first().textContent()).toBe('2')
    expect(await figure(page, 'Décidées par e-mail').allTextContents()).toEqual([
      '100\u00a0%',
      'sur une décision',
      'Rien à comparer pour l’instant',
    ])
    expect((await figure(page, 'Précision demandée').allTextContents()).slice(0, 2)).toEqual([
      '50\u00a0%',
      'sur 2 réponses, car peu claires',
    ])
    const doors = page.getByRole('region', { name: 'Décisions par semaine et par voie' })
    await doors.getByRole('img').locator('path').first().waitFor({ state: 'attached' })
    await doors.getByText('Chiffres en tableau').click()
    const thisWeek = doors.getByRole('row').last()
    expect(await thisWeek.getByRole('cell').allTextContents()).toEqual(['1', '0', '0', '1'])
    await page.getByLabel('Période des graphiques').selectOption('4 dernières semaines')
    await page.waitForURL('**/dashboard?weeks=4')
    await eventually(async () => expect(await doors.getByRole('row').count()).toBe(5))
    await expectSound(browsing, 'dashboard-fr', [desktop, phone])
  })

  test('looks again by itself, and says so when it cannot', async () => {
    await using browsing = await pages.browseAsOperator(inFrench)
    const { page } = browsing
    await page.clock.install()
    await page.goto('/dashboard')
    await eventually(async () => expect(await figure(page, 'En attente').first().textContent()).toBe('2'))
    await pages.desk.filePurchase()
    await page.clock.fastForward(A_WHILE_MS)
    await eventually(async () => expect(await figure(page, 'En attente').first().textContent()).toBe('3'))
    await page.context().setOffline(true)
    await page.clock.fastForward(A_WHILE_MS)
    await page.getByRole('alert').getByText('Le serveur ne répond pas').waitFor()
  })

  test('is not for those who only ask and approve', async () => {
    await using browsing = await pages.browseAs(nadia, inFrench)
    const { page } = browsing
    await page.goto('/')
    await page.waitForURL('**/actions')
    expect(await page.getByRole('link', { name: 'Tableau de bord' }).count()).toBe(0)
    await page.goto('/dashboard')
    await page.getByRole('alert').waitFor()
    await expectSound(browsing, 'dashboard-forbidden-fr', [phone])
  })
})
