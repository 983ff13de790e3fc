/** The simulator's webmail, the first thing that a newcomer sees, holding mails of ours. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { composeMail } from '../../src/outbound/compose/compose-mail.ts'
import { toMime } from '../../src/outbound/compose/to-mime.ts'
import { sampleModels } from '../fixtures/mails/models.ts'
import {
  accessibilityFaults,
  browse,
  chromiumMissing,
  desktop,
  expectSound,
  keepPicture,
  phone,
} from '../support/browse.ts'
import { type Contoso, elodie, startContoso } from '../support/contoso.ts'

const words = {
  en: {
    start: 'Play anyone in this small company',
    reply: 'Reply',
    yourAnswer: 'Your answer',
    answerAs: 'Answer as',
    discard: 'Discard',
    nothing: 'Nothing here yet.',
    write: 'New message',
    send: 'Send',
    missing: 'Give at least one address in “To”.',
    switch: 'Switch mailbox',
    notFound: 'Not found',
  },
  fr: {
    start: 'Mettez-vous à la place de l’une de ces personnes',
    reply: 'Répondre',
    yourAnswer: 'Votre réponse',
    answerAs: 'Répondre comme',
    discard: 'Abandonner',
    nothing: 'Rien ici pour l’instant.',
    write: 'Nouveau message',
    send: 'Envoyer',
    missing: 'Indiquez au moins une adresse dans « À ».',
    switch: 'Changer de boîte',
    notFound: 'Introuvable',
  },
}

/** One mail of each kind that goes to Élodie, in her inbox; the approval e-mail last. */
async function fillInbox(contoso: Contoso, locale: 'en' | 'fr'): Promise<void> {
  const hers = sampleModels(locale).filter(({ recipient }) => recipient.address === elodie.address)
  for (const [index, model] of hers.reverse().entries()) {
    const messageId = `<sample-${index}@contoso.example>`
    const { mime } = await toMime(composeMail(model), { messageId, date: new Date('2026-11-24T12:58:00Z') })
    await contoso.deliver(elodie.address, mime, 'internal')
  }
}

describe('the simulated webmail', () => {
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  test.each(['en', 'fr'] as const)('is for everybody, in %s', { timeout: 180_000 }, async (locale) => {
    const says = words[locale]
    const contoso = await startContoso()
    onTestFinished(() => contoso.close())
    await using browsing = await browse(contoso.http, { locale })
    const { page } = browsing
    const sound = (name: string) => expectSound(browsing, `webmail-${name}-${locale}`, [desktop, phone])
    await page.goto('/')
    await page.getByRole('heading', { name: says.start }).waitFor()
    await sound('start')
    await page.getByRole('link', { name: elodie.name }).click()
    await page.getByText(says.nothing).waitFor()
    await sound('empty')

    await fillInbox(contoso, locale)
    await page
      .getByRole('link', { name: /18.460/ })
      .first()
      .waitFor()
    await sound('inbox')
    await page.locator('summary', { hasText: says.switch }).click()
    await page.getByRole('link', { name: /Thomas Berger/ }).waitFor()
    // Not of WCAG 2.2, which would count what the open list lies upon.
    expect(await accessibilityFaults(page, ['wcag2a', 'wcag2aa', 'wcag21aa'])).toEqual([])
    await keepPicture(page, `webmail-switching-${locale}`)
    await page.keyboard.press('Escape')
    await page.locator('#messages a').first().click()
    await page.frameLocator('iframe.mail').locator('.button a').first().waitFor()
    await sound('message')

    await page.getByRole('link', { name: says.reply, exact: true }).click()
    await page.getByLabel(says.answerAs).selectOption('gmail')
    await page.getByLabel(says.yourAnswer).fill('OK')
    await sound('reply')
    await page.getByRole('link', { name: says.discard }).click()
    await page.getByRole('link', { name: says.write }).click()
    await page.getByRole('button', { name: says.send }).click()
    await page.getByText(says.missing).waitFor()
    await sound('refused')
    const missing = await page.goto('/webmail/nobody@contoso.example')
    expect(missing?.status()).toBe(404)
    await page.getByRole('heading', { name: says.notFound }).waitFor()
    await sound('not-found')
  })
})
