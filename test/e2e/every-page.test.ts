/**
 * Every page that the router knows, in both languages and both themes, on a desktop and on a phone: axe finds nothing
 * against WCAG 2.2 AA, nothing is wider than the screen, and all that it says is of the catalogues and in one language.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../../scripts/screenshots/take-picture.ts'
import {
  accessibilityFaults,
  browse,
  chromiumMissing,
  desktop,
  keepPicture,
  overflow,
  phone,
} from '../support/browse.ts'
import { textFaults } from '../support/page-texts.ts'
import { goTo, routesOf, startTour, type Tour } from '../support/page-tour.ts'

/** As the menu of languages names them. */
const languages = { en: 'English', fr: 'Français' }

describe('every page', () => {
  let tour: Tour
  beforeAll(async () => {
    if (chromiumMissing === null) tour = await startTour()
  }, 300_000)
  afterAll(async () => {
    await tour?.[Symbol.asyncDispose]()
  })

  test.each(['en', 'fr'] as const)(
    'is sound in light and dark, wide and narrow: %s',
    async (language) => {
      if (chromiumMissing !== null) return
      await using browsing = await browse(tour.pages.server.url, { locale: 'en-GB' })
      const { page, complaints } = browsing
      await page.goto('/sign-in')
      // A route that is new has to be given a place on the tour.
      expect(Object.keys(tour.stops).sort()).toEqual((await routesOf(page)).sort())

      const faults: string[] = []
      let viewer: string | null | undefined
      for (const { as, paths } of Object.values(tour.stops)) {
        if (as !== viewer) {
          await tour.signIn(page, as)
          await page.goto(as === null ? '/sign-in' : '/sessions')
          await chooseLanguage(page, language)
          viewer = as
        }
        for (const path of paths) {
          await goTo(page, path)
          for (const fault of await textFaults(page, language)) faults.push(`${path}: ${fault}`)
          for (const fault of await lookFaults(page, language)) faults.push(`${path}: ${fault}`)
        }
      }
      expect(faults).toEqual([])
      expect(complaints).toEqual([])
    },
    600_000,
  )
})

/** By the menu, as anybody does. */
async function chooseLanguage(page: Page, language: 'en' | 'fr'): Promise<void> {
  await page.getByRole('button', { name: /^(Language|Langue)/ }).click()
  await page.getByRole('menuitem', { name: languages[language] }).click()
  await page.getByRole('menu').waitFor({ state: 'detached' })
}

/** What is wrong with how an open page looks, at every width and in every theme. */
async function lookFaults(page: Page, language: string): Promise<string[]> {
  const faults: string[] = []
  const { pathname, search } = new URL(page.url())
  const picture = `${pathname}${search}`.replace(/\W+/g, '-')
  for (const viewport of [desktop, phone]) {
    await page.setViewportSize(viewport)
    await settle(page)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const place = `${colorScheme}, ${viewport.width} px`
      faults.push(...(await accessibilityFaults(page)).map((fault) => `${place}: ${fault}`))
      if ((await overflow(page)) !== 0) faults.push(`${place}: can be scrolled sideways`)
      await keepPicture(page, `tour${picture}-${language}-${viewport.width}-${colorScheme}`)
    }
  }
  return faults
}
