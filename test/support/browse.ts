/** A person at the pages: real Chromium, the pages as they are built, and what axe-core finds wrong with them. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
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
  const browser = await launchChromium({ baseURL: url, viewport: desktop, ...options })
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

/** What axe-core finds against WCAG 2.2 AA, one line each: rule and place. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // In the page's own world, past its content security policy.
  await page.evaluate(axe)
  const { violations } = (await page.evaluate(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
  )) as AxeResults
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}

/** With SCREENSHOTS set, keeps the page as a picture in the system's temporary folder, for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return
  await page.screenshot({ path: join(tmpdir(), `countersign-${name}.png`), fullPage: true })
}
