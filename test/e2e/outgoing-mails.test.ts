/** Our mails as people have them before them: in Chromium, on a phone, in a pane and in a window, light and dark. */
import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { launchChromium } from '../../simulator/test/support/launch-chromium.ts'
import { composeMail } from '../../src/outbound/compose/compose-mail.ts'
import type { MailModel } from '../../src/outbound/compose/mail-model.ts'
import { everySample } from '../fixtures/mails/every-sample.ts'
import {
  accessibilityFaults,
  chromiumMissing,
  keepPicture,
  overflow,
  phone,
  wcagRules,
} from '../support/browse.ts'

const widths = [320, 600, 1_000]
const schemes = ['light', 'dark'] as const
/** What a mail app keeps of a phone's screen for its own bars and for sender and subject. */
const HEAD_OF_AN_APP = 200
/** WCAG 2.2 asks for 24; a thumb on a train wants what Apple and Google ask for. */
const THUMB = 44

interface Box {
  text: string
  height: number
  bottom: number
}

/** Mails that are made of the same kinds of blocks differ in words alone: the first of each of these. */
function oneOfEachShape(locale: 'en' | 'fr'): { name: string; model: MailModel; html: string }[] {
  const shapes = new Map<string, { name: string; model: MailModel; html: string }>()
  for (const { name, model } of everySample(locale)) {
    const { html } = composeMail(model)
    const shape = [...new Set(html.match(/(?<= class=")[^"]*/g))].join('|')
    if (!shapes.has(shape)) shapes.set(shape, { name, model, html })
  }
  return [...shapes.values()]
}

/** Where each element of `selector` is. */
const boxes = (page: Page, selector: string): Promise<Box[]> =>
  page.evaluate(`Array.from(document.querySelectorAll(${JSON.stringify(selector)}), (element) => {
    const { height, bottom } = element.getBoundingClientRect()
    return { text: element.textContent.trim(), height, bottom }
  })`)

describe('outgoing mails', () => {
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  describe.each(['en', 'fr'] as const)('in %s', (locale) => {
    const samples = oneOfEachShape(locale)

    test('fit every width, are read by everybody, and have buttons for a thumb', {
      timeout: 180_000,
    }, async () => {
      await using browser = await launchChromium({ locale })
      const page = await browser.context.newPage()
      expect(samples.length).toBeGreaterThan(10)
      for (const { name, html } of samples) {
        await page.setContent(html)
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme })
          for (const width of widths) {
            await page.setViewportSize({ width, height: phone.height })
            const place = `${name}, ${colorScheme}, ${width} px`
            expect(await overflow(page), `${place}: wider than the screen`).toBe(0)
            for (const { text, height } of await boxes(page, '.button a'))
              expect(height, `${place}: ${text}`).toBeGreaterThanOrEqual(THUMB)
            await keepPicture(page, `mail-${name}-${width}-${colorScheme}`)
          }
          // Landmarks and the first heading are those of the client that shows the mail.
          expect(await accessibilityFaults(page, wcagRules), `${name}, ${colorScheme}`).toEqual([])
        }
      }
    })

    test('ask on the first screen of a phone: who, what, how much and the buttons', async () => {
      await using browser = await launchChromium({ locale, viewport: phone })
      const page = await browser.context.newPage()
      const asking = samples.filter(({ model }) => model.kind === 'approval')
      expect(asking.length).toBeGreaterThan(1)
      for (const { name, model } of asking) {
        const title = `${model.request.title}, ${model.request.title}`
        await page.setContent(composeMail({ ...model, request: { ...model.request, title } }).html)
        const seen = await boxes(page, '.card td > div, .button a')
        const above = seen.filter(({ bottom }) => bottom <= phone.height - HEAD_OF_AN_APP)
        const texts = above.map(({ text }) => text)
        const { requesterName, amount } = model.request
        const labels = 'action' in model ? model.action.choices.map(({ label }) => label) : []
        const who = expect.stringContaining(requesterName)
        expect(texts, name).toEqual(expect.arrayContaining([who, title, amount, ...labels]))
      }
    })
  })
})
