/** A person at the pages: real Chromium, the pages as they are built, and what axe-core finds wrong with them. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { launchChromium } from '../../simulator/test/support/launch-chromium.ts'

export { chromiumMissing } from '../../simulator/test/support/launch-chromium.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const desktop = { width: 1280, height: 800 }
export const phone = { width: 390, height: 844 }

export interface Browsing extends AsyncDisposable {
  page: Page
  /** What the browser complained of so far: errors of scripts, and what the content security policy kept out. */
  complaints: string[]
}

/**
 * A browser of its own with one page, in the language, size and theme of `options`. With a token every call is made by
 * its holder, as if they had signed in.
 */
export async function browse(
  url: string,
  { token, ...options }: BrowserContextOptions & { token?: string },
): Promise<Browsing> {
  const browser = await launchChromium({
    // What still moves under load is missed by a press.
    ...{ baseURL: url, viewport: desktop, reducedMotion: 'reduce' as const },
    ...options,
  })
  if (token !== undefined) {
    await browser.context.setExtraHTTPHeaders({ authorization: `Bearer ${token}` })
  }
  const page = await browser.context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // An answer that is a refusal is told of by the page.
    const isRefusal = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text())
  })
  return { page, complaints, [Symbol.asyncDispose]: () => browser[Symbol.asyncDispose]() }
}

/** The rules of axe-core for WCAG 2.2 AA. */
export const wcagRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe-core finds against `rules`, one line each: rule and place. */
export async function accessibilityFaults(
  page: Page,
  rules = [...wcagRules, 'best-practice'],
): Promise<string[]> {
  // In the page's own world, past its content security policy; once for each document.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe)
  const options = JSON.stringify({ runOnly: rules, resultTypes: ['violations'] })
  const { violations } = (await page.evaluate(`axe.run(${options})`)) as AxeResults
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}

/** With SCREENSHOTS set, keeps the page as a picture in the system's temporary folder, for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return
  await page.screenshot({ path: join(tmpdir(), `countersign-${name}.png`), fullPage: true })
}

/**
 * A page as anybody may have it: axe finds nothing wrong with it, nothing is wider than the screen, and the browser has
 * complained of nothing. Light and dark, as what changes colour may lose its contrast, at each of these widths.
 */
export async function expectSound(
  { page, complaints }: Browsing,
  name: string,
  viewports = [page.viewportSize() ?? desktop],
): Promise<void> {
  const before = page.viewportSize()
  for (const viewport of viewports) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const place = `${name}, ${colorScheme}, ${viewport.width} px`
      expect(await accessibilityFaults(page), place).toEqual([])
      await keepPicture(page, `${name}-${viewport.width}-${colorScheme}`)
      expect(await overflow(page), `${place}: the page can be scrolled sideways`).toBe(0)
    }
  }
  if (before !== null) await page.setViewportSize(before)
  expect(complaints).toEqual([])
}

/** By how many pixels the page is wider than the screen. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
