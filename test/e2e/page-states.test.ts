/** Pages in French while an answer is on its way, when it is lost or refused, when there is nothing, and for whom they are not. */
import type { Locator, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { settle } from '../../scripts/screenshots/take-picture.ts'
import { type Browsing, browse, chromiumMissing, expectSound, phone } from '../support/browse.ts'
import { administrator, anna } from '../support/contoso.ts'
import { textFaults } from '../support/page-texts.ts'
import { startTour, type Tour } from '../support/page-tour.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

const inFrench = { locale: 'fr-FR', viewport: phone }

/** What the server is called by a page, but for what its content does not wait for. */
const isContent = (url: string) => !/\/api\/(session|changes|messages\/events)$/.test(new URL(url).pathname)

/** What happens to the calls of a page. */
interface Calls {
  /** The addresses of what it has asked for since `forget`. */
  asked: Set<string>
  /** What becomes of calls from now on, those that are held among them. */
  treat(how: (route: Route) => unknown): void
  forget(): void
}

/** Of the addresses of one route, those that differ in what they ask for. */
const isFirst = (path: string, nth: number) => nth === 0 || path.includes('view=')

/** A query is asked twice before it gives up, and a session is asked for each few seconds. */
const PATIENCE = { timeout: 30_000 }

const hold = Symbol('hold')

async function interceptCalls(page: Page): Promise<Calls> {
  const asked = new Set<string>()
  let held: Route[] = []
  let treatment: ((route: Route) => unknown) | typeof hold = hold
  await page.route('**/api/**', (route) => {
    const url = route.request().url()
    if (isContent(url)) asked.add(url)
    if (treatment === hold) held.push(route)
    else void treatment(route)
  })
  return {
    asked,
    treat(how) {
      treatment = how
      for (const route of held) void how(route)
      held = []
    },
    forget() {
      treatment = hold
      held = []
      asked.clear()
    },
  }
}

const pass = (route: Route) => route.continue()
const lose = (route: Route) => route.abort()
/** As the server says it when a fault of ours stops a call. */
const fail = (route: Route) =>
  route.fulfill({
    status: 500,
    contentType: 'application/problem+json',
    body: JSON.stringify({
      ...{ type: 'about:blank', status: 500, code: 'internal', title: 'Erreur interne' },
      detail: 'Une erreur est survenue.',
    }),
  })

/** Whether something comes, where it need not. */
const comes = (locator: Locator): Promise<boolean> =>
  locator
    .first()
    .waitFor({ timeout: 10_000 })
    .then(
      () => true,
      () => false,
    )

describe('in French, a page', () => {
  let tour: Tour
  beforeAll(async () => {
    if (chromiumMissing === null) tour = await startTour()
  }, 300_000)
  afterAll(async () => {
    await tour?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  /** Opens each page of the tour anew, as whoever looks at it. */
  async function eachPage(
    look: (browsing: Browsing, path: string, calls: Calls) => Promise<string[]>,
    isLookedAt = (_path: string, _nth: number) => true,
  ) {
    await using browsing = await browse(tour.pages.server.url, inFrench)
    const { page } = browsing
    const faults: string[] = []
    let viewer: string | null | undefined
    const calls = await interceptCalls(page)
    for (const { as, paths } of Object.values(tour.stops)) {
      if (as !== viewer) await tour.signIn(page, as)
      viewer = as
      for (const path of paths.filter(isLookedAt)) {
        // A fragment alone would load nothing anew.
        await page.goto('about:blank')
        calls.forget()
        for (const fault of await look(browsing, path, calls)) faults.push(`${path}: ${fault}`)
      }
    }
    expect(faults).toEqual([])
  }

  test('says that it loads, that the server cannot be reached, and is there when asked again', async () => {
    await eachPage(async ({ page }, path, calls) => {
      const faults: string[] = []
      const main = page.getByRole('main')
      await page.goto(path)
      await main.getByRole('heading', { level: 1 }).waitFor()
      const first = main.getByText('Chargement…').or(main.getByRole('textbox')).first()
      if (!(await comes(first))) faults.push('is blank while it loads')
      faults.push(...(await textFaults(page, 'fr')).map((fault) => `while it loads, ${fault}`))

      calls.treat(lose)
      const again = main.getByRole('alert').getByRole('button', { name: 'Réessayer' })
      if (!(await comes(again)) && calls.asked.size > 0)
        faults.push(`does not tell that ${[...calls.asked]} was lost`)
      faults.push(...(await textFaults(page, 'fr')).map((fault) => `when it is lost, ${fault}`))

      calls.treat(pass)
      // What failed with it comes by itself, or at the press of another button.
      await expect
        .poll(async () => {
          if ((await again.count()) > 0) await again.first().click()
          await settle(page)
          return main.getByRole('alert').count()
        }, PATIENCE)
        .toBe(0)
      faults.push(...(await textFaults(page, 'fr')).map((fault) => `in the end, ${fault}`))
      return faults
    }, isFirst)
  }, 900_000)

  test('tells of every answer that fails alone', async () => {
    // Of one route all addresses are one page.
    const known = new Set<string>()
    await eachPage(async ({ page }, path, calls) => {
      const faults: string[] = []
      calls.treat(pass)
      await page.goto(path)
      await settle(page)
      const place = path.split('?')[0]
      for (const url of [...calls.asked].filter((one) => !known.has(`${place} ${one}`))) {
        known.add(`${place} ${url}`)
        calls.treat((route) => (route.request().url() === url ? fail(route) : pass(route)))
        await page.reload()
        const told = page.getByRole('main').getByRole('alert')
        if (!(await comes(told))) faults.push(`does not tell that ${url} fails`)
      }
      return faults
    })
  }, 600_000)

  test('is not shown to who may not see it', async () => {
    await tour.pages.welcome(anna)
    await using browsing = await tour.pages.browseAs(anna, inFrench)
    const { page } = browsing
    const faults: string[] = []
    for (const [route, { as, paths }] of Object.entries(tour.stops)) {
      // What is somebody else's is not there for them.
      const isTheirs = as !== 'administrator' && !/^\/(actions|requests)\/\$id$/.test(route)
      if (isTheirs) continue
      for (const path of paths) {
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        const told = page.getByRole('main').getByRole('alert')
        if (!(await comes(told))) faults.push(`${path}: is shown`)
        if ((await page.getByRole('button', { name: 'Réessayer' }).count()) > 0)
          faults.push(`${path}: asks to try again`)
        for (const fault of await textFaults(page, 'fr')) faults.push(`${path}: ${fault}`)
      }
    }
    expect(faults).toEqual([])
  }, 600_000)

  test('whose code does not come says so in the frame, and can be loaded again', async () => {
    await using browsing = await browse(tour.pages.server.url, inFrench)
    const { page } = browsing
    await tour.signIn(page, 'approver')
    await page.goto('/sessions')
    await settle(page)
    await page.route('**/assets/requests-page*', (route) => route.abort())
    await page.getByRole('button', { name: 'Ouvrir la navigation' }).click()
    await page.getByRole('link', { name: 'Mes demandes' }).click()
    await page.getByRole('heading', { name: 'Cette page n’a pas pu s’afficher' }).waitFor()
    // The browser has said so too.
    expect(browsing.complaints.splice(0)).not.toEqual([])
    await expectSound(browsing, 'broken-fr')
    await page.unroute('**/assets/requests-page*')
    await page.getByRole('button', { name: 'Recharger' }).click()
    await page.getByRole('heading', { name: 'Mes demandes' }).waitFor()
  })
})

describe('in French, with nothing in it,', () => {
  let pages: PagesUnderTest
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages({ isEmpty: true })
    await pages.welcome(administrator, 'administrator')
  }, 300_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })

  test('a list says what will be in it', async ({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
    await using browsing = await pages.browseAs(administrator, inFrench)
    const { page } = browsing
    for (const [path, heading] of empty) {
      await page.goto(path)
      await page.getByRole('main').getByRole('heading', { level: 2, name: heading }).waitFor()
      await settle(page)
      expect(await textFaults(page, 'fr'), path).toEqual([])
      await expectSound(browsing, `empty${path.replace(/\W+/g, '-')}-fr`)
    }
  }, 600_000)
})

/** What lists say while there is nothing in them. */
const empty = [
  ['/actions', 'Rien ne vous attend'],
  ['/actions?list=closed', 'Rien n’est encore clos'],
  ['/actions?list=handed-on', 'Personne ne vous a rien transmis'],
  ['/requests', 'Vous n’avez pas encore fait de demande'],
  ['/requests/new', 'Il n’y a encore rien à demander'],
  ['/absence', 'Vous n’avez enregistré aucune absence'],
  ['/dashboard', 'D’abord, la boîte aux lettres'],
  ['/mail', 'Pas encore d’e-mail'],
  ['/audit', 'Il ne s’est encore rien passé'],
  ['/people/groups', 'Pas encore de groupe'],
  ['/processes', 'Pas encore de processus'],
  ['/configuration/remote-approval', 'Aucune boîte aux lettres pour l’instant'],
] as const
