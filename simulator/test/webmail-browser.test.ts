import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumMissing, launchChromium } from './support/launch-chromium.ts'
import { createMemoryBackend } from './support/memory-backend.ts'
import { approvalMail, approvals, elodie, hostileMail } from './support/sample-mails.ts'
import { serveSink } from './support/serve-sink.ts'
import { serveWebmail } from './support/serve-webmail.ts'

describe('webmail in Chromium', () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>
  beforeAll(async () => {
    if (chromiumMissing === null)
      browser = await launchChromium({ locale: 'en-US', viewport: { width: 1280, height: 800 } })
  })
  afterAll(() => browser?.[Symbol.asyncDispose]())
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  test('a person opens the inbox, reads, presses a mail button, sends and finds it in Sent Items', async () => {
    const backend = createMemoryBackend([elodie, approvals])
    await using site = await serveWebmail(backend)
    const page = await browser.context.newPage()
    await page.goto(site.origin)
    await page.getByRole('link', { name: 'Élodie Gagnon' }).click()
    // The mail comes while the page is open: it must appear by itself.
    await backend.deliver(elodie.address, 'Inbox', await approvalMail())
    await page.getByRole('link', { name: /Purchase 42/ }).click()
    const frame = page.frameLocator('iframe.mail')
    await frame.getByRole('link', { name: 'Approve' }).click()
    expect(await page.getByLabel('To').inputValue()).toBe('approvals+k3vq2m7xw4t6abcd@contoso.example')
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('YES\n')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Your message has been sent.').waitFor()
    await page.getByRole('link', { name: 'Sent Items' }).click()
    await page.getByRole('link', { name: /To: approvals\+k3vq2m7xw4t6abcd.*RE: Purchase 42/s }).click()
    await page.getByText('YES', { exact: true }).waitFor()
    await page.close()
  })

  test('a reply is sent by keyboard alone', async () => {
    const backend = createMemoryBackend([elodie, approvals])
    await backend.deliver(elodie.address, 'Inbox', 'From: a@fabrikam.example\r\nSubject: older\r\n\r\nolder')
    await backend.deliver(elodie.address, 'Inbox', await approvalMail())
    await using site = await serveWebmail(backend)
    const page = await browser.context.newPage()
    await page.goto(`${site.origin}/webmail/${elodie.address}/folders/Inbox`)
    await page.getByRole('link', { name: /older/ }).focus()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Reply' }).press('Enter')
    await page.getByLabel('Your answer').waitFor()
    await page.keyboard.type('Oui')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Your message has been sent.').waitFor()
    expect(Buffer.from(backend.rawMessages(elodie.address, 'Sent Items')[0] ?? []).toString()).toContain(
      '\r\n\r\nOui\r\n',
    )
    await page.close()
  })

  test('the frame of a mail is as high as the mail', async () => {
    const backend = createMemoryBackend([elodie])
    const tall =
      'From: a@fabrikam.example\r\nContent-Type: text/html\r\n\r\n<body style="margin:0"><div style="height:3000px">tall</div></body>'
    const id = await backend.deliver(elodie.address, 'Inbox', tall)
    await using site = await serveWebmail(backend)
    const page = await browser.context.newPage()
    await page.goto(`${site.origin}/webmail/${elodie.address}/messages/${encodeURIComponent(id)}`)
    await page.waitForFunction("document.querySelector('iframe.mail').clientHeight === 3000")
    await page.close()
  })

  test('a hostile mail runs nothing, loads nothing and goes nowhere by itself', async () => {
    await using sink = await serveSink()
    await expectHostilePageToReach(sink, await browser.context.newPage())

    const backend = createMemoryBackend([elodie])
    const id = await backend.deliver(elodie.address, 'Inbox', hostileMail(sink.origin))
    await using site = await serveWebmail(backend)
    const page = await browser.context.newPage()
    const address = `${site.origin}/webmail/${elodie.address}/messages/${encodeURIComponent(id)}`
    // The words are waited for, and not the end of loading: Chromium may hold that up for what it was kept from loading.
    await page.goto(address, { waitUntil: 'commit' })
    const frame = page.frameLocator('iframe.mail')
    await frame.getByText('The words of a hostile mail').waitFor()
    await frame.locator('#submit').click()
    await frame.locator('#script-link').click()
    // The one thing that may happen, and last: a person follows a link, in another tab.
    const [opened] = await Promise.all([
      browser.context.waitForEvent('page'),
      frame.locator('#far-link').click(),
    ])
    await opened.waitForLoadState()

    expect(opened.url()).toBe(`${sink.origin}/far`)
    expect(sink.requested.filter((path) => path !== '/favicon.ico')).toEqual(['/far'])
    expect(await page.evaluate('window.pwned')).toBeUndefined()
    expect(page.url()).toBe(address)
    await opened.close()
    await page.close()
  })
})

/** The mail is worth testing with: opened without the webmail it does run and load. */
async function expectHostilePageToReach(sink: Awaited<ReturnType<typeof serveSink>>, page: Page) {
  const mail = hostileMail(sink.origin).toString()
  sink.setPage(
    mail
      .slice(mail.indexOf('<!doctype'), mail.indexOf('--limit\r\n', mail.indexOf('<!doctype')))
      .replace(/<meta.*>/g, ''),
  )
  await page.goto(`${sink.origin}/page`)
  expect(await page.evaluate('window.pwned')).toBeDefined()
  expect(sink.requested).toEqual(expect.arrayContaining(['/pixel.gif', '/import.css', '/frame', '/fetch']))
  await page.close()
  sink.requested.length = 0
}
