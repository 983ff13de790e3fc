import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumMissing, launchChromium } from '../../simulator/test/support/launch-chromium.ts'
import { type Contoso, elodie, nadia, type Person, startContoso, thomas } from '../support/contoso.ts'
import { newDataDirectory } from '../support/data-directory.ts'
import { type Desk, deskOf, setUp } from '../support/desk.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } }
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 } }

/** With SCREENSHOTS set, each page is kept as a picture in the system's temporary folder, for people to look at. */
async function keepPicture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return
  const { width } = page.viewportSize() ?? { width: 0 }
  await page.screenshot({ path: join(tmpdir(), `countersign-${name}-${width}.png`), fullPage: true })
}

describe('a person answers in a browser', () => {
  let contoso: Contoso
  let dataDirectory: string
  let server: TestServer
  let desk: Desk
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    contoso = await startContoso()
    dataDirectory = await newDataDirectory('browser')
    server = await startServer(dataDirectory)
    desk = deskOf(server, contoso)
    await setUp(desk.api, contoso)
  })
  afterAll(async () => {
    if (chromiumMissing !== null) return
    await server.kill()
    await contoso.close()
    await rm(dataDirectory, { recursive: true, force: true })
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  /** Opens somebody's mailbox from the first page, and there the mail of this kind about a request. */
  async function openMail(page: Page, owner: Person, number: number, kind: string): Promise<FrameLocator> {
    const { subject } = await desk.mail(number, kind, owner)
    await page.goto(contoso.http)
    await page.getByRole('link', { name: owner.name }).click()
    // Newest first: a mail that nobody answers has no number in its subject.
    await page.getByRole('link').filter({ hasText: subject }).first().click()
    const mail = page.frameLocator('iframe.mail')
    await mail.locator('body').waitFor()
    return mail
  }

  async function open(options: BrowserContextOptions) {
    const browser = await launchChromium(options)
    return { browser, page: await browser.context.newPage() }
  }

  test.each([
    ['on a desktop in French', { ...desktop, locale: 'fr-FR' }],
    ['on a phone in French', { ...phone, locale: 'fr-FR' }],
  ])('with a button of the mail, %s', async (_, options) => {
    const number = await desk.filePurchase()
    const { browser, page } = await open(options)
    await using _closing = browser
    const mail = await openMail(page, elodie, number, 'approval')
    await mail.getByText('Approuvez-vous cet achat').waitFor()
    await keepPicture(page, 'approval-fr')

    await mail.getByRole('link', { name: 'Approuver' }).click()
    expect(await page.getByLabel('À', { exact: true }).inputValue()).toMatch(
      /^approvals\+[a-z2-7]{16}@contoso\.example$/,
    )
    expect(await page.getByLabel('Objet').inputValue()).toContain(`[#${number}-1-`)
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toMatch(/^Oui\s*$/)
    await keepPicture(page, 'button-fr')
    await page.getByRole('button', { name: 'Envoyer' }).click()
    await page.getByText('Votre message est envoyé.').waitFor()

    expect(await desk.inbound(number, 1)).toMatchObject([{ outcome: 'decided', decision: { result: 'YES' } }])
    expect(await desk.request(number)).toMatchObject({
      actions: [{ status: 'decided' }, { status: 'open', assignees: [{ address: thomas.address }] }],
    })
  })

  test.each([
    ['on a desktop in English', { ...desktop, locale: 'en-GB' }],
    ['on a phone in English', { ...phone, locale: 'en-GB' }],
  ])('with words of their own, is asked back, and answers again, %s', async (_, options) => {
    const number = await desk.filePurchase()
    await desk.reply(await desk.mail(number, 'approval', elodie), 'Oui')
    const { browser, page } = await open(options)
    await using _closing = browser
    const mail = await openMail(page, thomas, number, 'approval')
    await mail.getByText('Is the budget there').waitFor()
    await keepPicture(page, 'approval-en')
    await page.getByRole('link', { name: 'Reply', exact: true }).click()
    await page.getByLabel('Your answer').fill('Yes, if it is under 15,000')
    await keepPicture(page, 'reply-en')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Your message has been sent.').waitFor()

    const back = await openMail(page, thomas, number, 'asked-back')
    await back.getByText('Your reply has not decided anything yet').waitFor()
    await keepPicture(page, 'asked-back-en')
    await back.getByRole('link', { name: 'Release' }).click()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Your message has been sent.').waitFor()

    const messages = await desk.inbound(number, 3)
    expect(messages.map(({ outcome }) => outcome)).toEqual(['decided', 'asked-back', 'decided'])
    expect(await desk.request(number)).toMatchObject({ status: 'completed', ending: 'approved' })
    const closed = await openMail(page, nadia, number, 'request-closed')
    await closed.getByText('Thomas Berger a répondu').waitFor()
    await keepPicture(page, 'closed-fr')
  })
})
