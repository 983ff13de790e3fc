/** Pages that change while one looks at them: what others decide, by page or by mail, shows without a reload. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { anna, elodie, nadia, thomas } from '../support/contoso.ts'
import type { Desk } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

const inFrench = { locale: 'fr-FR', viewport: phone }
const inEnglish = { locale: 'en-GB', viewport: desktop }

describe('live pages', () => {
  let pages: PagesUnderTest
  let desk: Desk
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages()
    desk = pages.desk
    for (const person of [nadia, elodie, thomas, anna]) await pages.welcome(person)
  }, 120_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  const actionOf = async (number: number, nth = 1) => (await desk.request(number)).actions[nth - 1]?.id ?? ''

  /** Goes to a page and marks it, once the server is listened to. */
  async function watch(page: Page, path: string): Promise<void> {
    const listening = page.waitForResponse('**/api/changes')
    await page.goto(path)
    await listening
    await page.evaluate('window.isTheSame = true')
  }
  const isTheSame = (page: Page) => page.evaluate('window.isTheSame')

  test.each([
    ['en', inEnglish, 'Approve', 'Release', 'Your answer has come in'],
    ['fr', inFrench, 'Approuver', 'Donner l’accord', 'Votre réponse est arrivée'],
  ])('one decides by page, the next by mail, and the requester sees both come: %s', async (...given) => {
    const [language, options, approve, release, ownAnswer] = given
    const number = await desk.filePurchase()
    await using hers = await pages.browseAs(nadia, options)
    await using list = await pages.browseAs(thomas, options)
    await watch(hers.page, `/requests/${number}`)
    await watch(list.page, '/actions')
    await hers.page.getByText(elodie.name).first().waitFor()

    await using theirs = await pages.browseAs(elodie, options)
    await theirs.page.goto(`/actions/${await actionOf(number)}`)
    await theirs.page.getByRole('button', { name: approve }).click()
    await hers.page.getByRole('heading', { name: new RegExp(thomas.name) }).waitFor()
    await list.page.locator(`a[href="/actions/${await actionOf(number, 2)}"]`).waitFor()

    await watch(list.page, `/actions/${await actionOf(number, 2)}`)
    await list.page.getByRole('button', { name: release }).waitFor()
    await desk.reply(await desk.mail(number, 'approval', thomas), 'Oui\n\nBon achat.')
    await list.page.getByText(ownAnswer).waitFor()
    await list.page.getByText('Bon achat.').waitFor()
    await hers.page.getByText('Bon achat.').waitFor()
    expect(await isTheSame(hers.page)).toBe(true)
    expect(await isTheSame(list.page)).toBe(true)
    await expectSound(list, `action-own-answer-${language}`)
  })

  test.each([
    ['en', inEnglish, 'Complete', 'Anna Novák has just answered'],
    ['fr', inFrench, 'Complet', 'Anna Novák vient de répondre'],
  ])('who looks at a question that another answers is told who it was: %s', async (...given) => {
    const [language, options, complete, told] = given
    const number = await desk.fileHire(thomas)
    const first = await desk.signIn(thomas)
    await first.post(`/api/actions/${await actionOf(number)}/decide`, { result: 'YES', comment: '' })
    const id = await actionOf(number, 2)
    await using browsing = await pages.browseAs(elodie, options)
    const { page } = browsing
    await watch(page, `/actions/${id}`)
    await page.getByRole('button', { name: complete, exact: true }).waitFor()
    const other = await desk.signIn(anna)
    await other.post(`/api/actions/${id}/decide`, {
      result: 'TO_BE_COMPLETED',
      comment: 'The contract is missing.',
    })
    await page.getByRole('alert').getByText(told).waitFor()
    await page.getByText('The contract is missing.').waitFor()
    expect(await page.getByRole('button', { name: complete, exact: true }).count()).toBe(0)
    await expectSound(browsing, `action-overtaken-${language}`)
  })

  test('a page asks for nothing by itself while it hears the server, and now and then while it does not', async () => {
    const number = await desk.filePurchase()
    await using browsing = await pages.browseAs(nadia, inEnglish)
    const { page } = browsing
    await page.clock.install()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const theRequest = () => asked.filter((path) => path === `/api/requests/${number}`).length
    await watch(page, `/requests/${number}`)
    // Once for the page, once when it is heard that anything may be another; then for what has changed.
    const api = await desk.signIn(elodie)
    await api.post(`/api/actions/${await actionOf(number)}/decide`, { result: 'YES', comment: '' })
    await page.getByRole('heading', { name: new RegExp(thomas.name) }).waitFor()
    const heard = theRequest()
    await page.clock.runFor('05:00')
    expect(theRequest()).toBe(heard)

    await page.route('**/api/changes', (route) => route.abort())
    await page.reload()
    await page.getByRole('heading', { name: new RegExp(thomas.name) }).waitFor()
    const before = theRequest()
    await eventually(async () => {
      // Again and again: it asks from when it has seen that it hears nothing.
      await page.clock.runFor('00:40')
      expect(theRequest()).toBeGreaterThan(before)
    })
  })

  test('a session that ends elsewhere ends the page’s, which keeps what it shows and offers to sign in', async () => {
    await using browsing = await pages.browseAs(anna, inEnglish)
    const { page } = browsing
    await watch(page, '/requests')
    await page.getByRole('heading', { name: 'You have made no request yet' }).waitFor()
    const other = await page.context().newPage()
    await other.goto('/requests')
    await other.getByRole('button', { name: /Anna Novák/ }).click()
    await other.getByRole('button', { name: 'Sign out' }).click()
    await other.waitForURL('**/sign-in')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await isTheSame(page)).toBe(true)
  })

  test('a server that starts again is heard again', async () => {
    const number = await desk.filePurchase()
    const api = await desk.signIn(elodie)
    const id = await actionOf(number)
    await using browsing = await pages.browseAs(nadia, inEnglish)
    const { page } = browsing
    await watch(page, `/requests/${number}`)
    await page.getByText(elodie.name).first().waitFor()
    const heardAgain = page.waitForResponse('**/api/changes', { timeout: 90_000 })
    await pages.restart()
    expect((await heardAgain).status()).toBe(200)
    await api.post(`/api/actions/${id}/decide`, { result: 'NO', comment: 'Not this year.' })
    await page.getByText('Not this year.').first().waitFor()
    expect(await isTheSame(page)).toBe(true)
  })
})
