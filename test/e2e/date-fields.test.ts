/** Date fields of the pages: the reader's notation, not the browser's, and a calendar without a mouse. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { administrator as admin, elodie } from '../support/contoso.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

const both = [desktop, phone]
const year = new Date().getFullYear() + 1

describe('a date field', { timeout: 120_000 }, () => {
  let pages: PagesUnderTest
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages()
    await pages.welcome(elodie)
    await pages.welcome(admin, 'administrator')
  }, 300_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  test.each([
    {
      ...{ locale: 'fr-FR', viewport: phone, language: 'fr' },
      ...{ label: 'Au, ce jour compris', shape: 'JJ/MM/AAAA', typed: `30/12/${year}` },
      wrong: /^Écrivez un jour, par exemple 31\/12\/\d{4}\.$/,
      ...{ calendar: 'Calendrier\u00a0: Au, ce jour compris', month: `décembre ${year}`, weekday: 'lu' },
      ...{
        day: `30 décembre ${year}`,
        chosen: `31/12/${year}`,
        next: 'Mois suivant',
        last: `janvier ${year + 1}`,
      },
    },
    {
      ...{ locale: 'en-GB', viewport: desktop, language: 'en' },
      ...{ label: 'Until, this day included', shape: 'DD/MM/YYYY', typed: `30/12/${year}` },
      wrong: /^Write a day, such as 31\/12\/\d{4}\.$/,
      ...{ calendar: 'Calendar: Until, this day included', month: `December ${year}`, weekday: 'Mo' },
      ...{
        day: `30 December ${year}`,
        chosen: `31/12/${year}`,
        next: 'Next month',
        last: `January ${year + 1}`,
      },
    },
    {
      ...{ locale: 'en-US', viewport: desktop, language: 'en-us' },
      ...{ label: 'Until, this day included', shape: 'MM/DD/YYYY', typed: `12/30/${year}` },
      wrong: /^Write a day, such as 12\/31\/\d{4}\.$/,
      ...{ calendar: 'Calendar: Until, this day included', month: `December ${year}`, weekday: 'Mo' },
      ...{
        day: `30 December ${year}`,
        chosen: `12/31/${year}`,
        next: 'Next month',
        last: `January ${year + 1}`,
      },
    },
  ])('in $locale it is typed and chosen by keyboard', async ({ locale, viewport, language, ...told }) => {
    await using browsing = await pages.browseAs(elodie, { locale, viewport })
    const { page } = browsing
    await page.goto('/absence')
    const field = page.getByRole('textbox', { name: told.label })
    expect(await field.getAttribute('placeholder')).toBe(told.shape)
    await field.fill('someday')
    await field.press('Tab')
    await page.getByText(told.wrong).waitFor()
    expect(await field.inputValue()).toBe('someday')
    await expectSound(browsing, `date-wrong-${language}`)

    await field.fill(told.typed)
    await field.press('Tab')
    expect(await page.getByText(told.wrong).count()).toBe(0)

    const button = page.getByRole('button', { name: told.calendar })
    await button.press('Enter')
    const calendar = page.getByRole('dialog')
    await calendar.getByText(told.month, { exact: true }).waitFor()
    // Weeks begin on Monday.
    expect(await calendar.getByRole('columnheader').first().textContent()).toBe(told.weekday)
    const day = calendar.getByRole('button', { name: told.day })
    await page.locator(`[aria-label="${told.day}"]:focus`).waitFor()
    expect(await day.getAttribute('aria-pressed')).toBe('true')
    await expectSound(browsing, `calendar-${language}`, both)

    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await calendar.waitFor({ state: 'detached' })
    expect(await field.inputValue()).toBe(told.chosen)
    await page.locator(`[aria-label="${told.calendar}"]:focus`).waitFor()

    await button.press('Enter')
    await calendar.getByRole('button', { name: told.next }).click()
    await calendar.getByRole('button', { name: told.last, exact: true }).click()
    await calendar.getByRole('button', { name: String(year + 1), exact: true }).waitFor()
    await expectSound(browsing, `calendar-year-${language}`)
    await page.keyboard.press('Escape')
    await calendar.waitFor({ state: 'detached' })
    expect(await field.inputValue()).toBe(told.chosen)
  })

  test('a calendar that cannot be fetched leaves the form, and is tried again', async () => {
    await using browsing = await pages.browseAs(elodie, { locale: 'en-GB', viewport: phone })
    const { page } = browsing
    await page.goto('/absence')
    await page.getByRole('textbox', { name: 'Until, this day included' }).fill(`30/12/${year}`)
    await page.route('**/assets/calendar-*', (route) => route.abort())
    const button = page.getByRole('button', { name: 'Calendar: Until, this day included' })
    await button.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).waitFor()
    await expectSound(browsing, 'calendar-lost-en')
    await page.unroute('**/assets/calendar-*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText(`December ${year}`, { exact: true }).waitFor()
  })

  test.each([
    {
      ...{
        locale: 'fr-FR',
        label: 'À partir du',
        name: 'Nom',
        shape: 'JJ/MM/AAAA hh:mm',
        save: 'Enregistrer',
      },
      wrong: /^Écrivez un jour et une heure, par exemple 31\/12\/\d{4} 14:30\.$/,
    },
    {
      ...{ locale: 'en-GB', label: 'Start from', name: 'Name', shape: 'DD/MM/YYYY hh:mm', save: 'Save' },
      wrong: /^Write a day and a time, such as 31\/12\/\d{4} 14:30\.$/,
    },
  ])(
    'in $locale a minute is typed, and sent as it always was',
    async ({ locale, label, shape, save, wrong, name }) => {
      await using browsing = await pages.browseAs(admin, {
        locale,
        viewport: phone,
        timezoneId: 'Europe/Paris',
      })
      const { page } = browsing
      await page.goto('/configuration/remote-approval/+new')
      const field = page.getByRole('textbox', { name: label, exact: true })
      expect(await field.getAttribute('placeholder')).toBe(shape)
      const sent = async () => {
        const saving = page.waitForRequest(
          (request) => request.method() === 'PUT' && request.url().includes('/api/mailboxes/'),
        )
        await page.getByRole('button', { name: save, exact: true }).click()
        return (await saving).postDataJSON().remoteApproval.startFrom
      }
      await page.getByRole('textbox', { name, exact: true }).fill('approvals')
      await field.fill(`31/12/${year} 9h05`)
      await field.blur()
      expect(await field.inputValue()).toBe(`31/12/${year} 09:05`)
      expect(await sent()).toBe(`${year}-12-31T08:05:00.000Z`)
      // The refusal of what is still missing takes the focus, and what is typed at that moment with it.
      await page.locator('[aria-invalid="true"]:focus').waitFor()
      await field.fill('someday')
      expect(await sent()).toBe('someday')
      await page.getByText(wrong).waitFor()
      await expectSound(browsing, `date-minute-${locale}`)
    },
  )
})
