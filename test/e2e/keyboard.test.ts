/** The pages without a mouse: an approver decides and an administrator changes a mailbox, and see at each stop where they are. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { browse, chromiumMissing, desktop } from '../support/browse.ts'
import { password } from '../support/browser-session.ts'
import { administrator, elodie } from '../support/contoso.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

const inEnglish = { locale: 'en-GB', viewport: desktop }
/** No page has so many stops. */
const MOST_STOPS = 90

describe('with the keyboard alone', () => {
  let pages: PagesUnderTest
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages()
    await pages.welcome(elodie)
    await pages.welcome(administrator, 'administrator')
  }, 300_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  test('an approver signs in, skips the navigation, and decides', async () => {
    const number = await pages.desk.filePurchase()
    const { actions } = await pages.desk.request(number)
    await using browsing = await browse(pages.server.url, inEnglish)
    const { page } = browsing
    await page.goto(`/actions/${actions[0]?.id}`)
    await page.waitForURL('**/sign-in?to=*')
    await expect.poll(() => isAt(page.getByLabel('E-mail address'))).toBe(true)
    await page.keyboard.type(elodie.address)
    await tabTo(page, page.getByLabel('Password', { exact: true }))
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')

    const refuse = page.getByRole('button', { name: 'Refuse' })
    await refuse.waitFor()
    const skip = page.getByRole('link', { name: 'Skip to the content' })
    await tabTo(page, skip)
    await page.keyboard.press('Enter')
    await expect.poll(() => isAt(page.getByRole('main'))).toBe(true)
    // What was skipped is not come by again.
    const stops = await tabTo(page, refuse)
    expect(stops.filter((stop) => /My requests|Account/.test(stop))).toEqual([])
    await page.keyboard.press('Enter')
    // It leads to what is missing.
    await expect.poll(() => isAt(page.getByLabel('Comment'))).toBe(true)
    await page.keyboard.type('The lease is cheaper.')
    await tabTo(page, refuse)
    await page.keyboard.press('Enter')
    await page.getByText('Your answer is recorded.').waitFor()
    expect((await pages.desk.request(number)).actions[0]?.decision).toMatchObject({
      result: 'NO',
      comment: 'The lease is cheaper.',
    })
  })

  test('an administrator fills in the form of a mailbox, is held by its dialog, and saves', async () => {
    await using browsing = await pages.browseAs(administrator, inEnglish)
    const { page } = browsing
    await page.goto('/configuration/remote-approval/approvals')
    const replyTo = page.getByLabel('Default reply-to email address')
    await replyTo.waitFor()
    await tabTo(page, replyTo)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('answers@contoso.example')

    const link = page.getByRole('navigation').getByRole('link', { name: 'Mail log' })
    await tabTo(page, link, 'Shift+Tab')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    const within = dialog.locator(':focus')
    await expect.poll(() => within.count()).toBe(1)
    for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab']) {
      await page.keyboard.press(key)
      expect(await within.count(), `after ${key}`).toBe(1)
      expect(await seesFocus(page), `in the dialog, at ${await nameOfStop(page)}`).toBe(true)
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => isAt(link)).toBe(true)

    // A menu opens, is walked through and closed, and one is where one was.
    const theme = page.getByRole('button', { name: 'Light or dark' })
    await tabTo(page, theme, 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Light' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.getByRole('menu').locator(':focus').count()).toBe(1)
    expect(await seesFocus(page), 'in the menu').toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => isAt(theme)).toBe(true)

    await tabTo(page, page.getByRole('button', { name: 'Save', exact: true }))
    await page.keyboard.press('Enter')
    await page.getByText('Saved', { exact: true }).waitFor()
    const stored = await pages.desk.api.get<{ settings: { defaultReplyTo: string } }>(
      '/api/mailboxes/approvals',
    )
    expect(stored.settings.defaultReplyTo).toBe('answers@contoso.example')
  })
})

const isAt = async (locator: Locator) => (await locator.and(locator.page().locator(':focus')).count()) === 1

/** Presses a key until it has led to a place; each stop on the way can be seen. Returns what the stops are called. */
async function tabTo(page: Page, goal: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<string[]> {
  const stops: string[] = []
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press(key)
    stops.push(await nameOfStop(page))
    expect(await seesFocus(page), `focus can be seen at ${stops.at(-1)}`).toBe(true)
    if (await isAt(goal)) return stops
  }
  throw new Error(`${goal} is not reached: ${stops.join(', ')}`)
}

const nameOfStop = (page: Page): Promise<string> =>
  page.evaluate<string>(`(({ tagName, textContent, ariaLabel, name }) =>
    tagName + ' ' + (ariaLabel || textContent || name || '').slice(0, 40))(document.activeElement)`)

/** Whether what has the focus looks otherwise than without it, and stands in the window. Of the page itself it need not. */
const seesFocus = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(`(async () => {
    const at = document.activeElement
    // A field for a time is several stops, and would begin anew.
    if (at === document.body || at === globalThis.lastStop) return true
    globalThis.lastStop = at
    const look = async () => {
      await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined)))
      return [at, at.parentElement, at.closest('label') ?? at]
        .flatMap((element) => [getComputedStyle(element), getComputedStyle(element, '::after')])
        .map((style) => [style.outline, style.borderColor, style.boxShadow, style.backgroundColor, style.clipPath])
        .join()
    }
    const focused = await look()
    const { top, bottom, left, right } = at.getBoundingClientRect()
    const isInside = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
    at.blur()
    const blurred = await look()
    at.focus({ preventScroll: true })
    return isInside && focused !== blurred
  })()`)
