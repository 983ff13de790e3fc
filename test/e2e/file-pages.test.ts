/** Files of requests in a browser: added to the form, kept, refused in words, and downloaded by whoever is asked. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { elodie, nadia } from '../support/contoso.ts'
import type { Desk } from '../support/desk.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

const inFrench = { locale: 'fr-FR', viewport: phone }
const inEnglish = { locale: 'en-GB', viewport: desktop }
const both = [desktop, phone]

const file = (name: string, content: string | Buffer = `%PDF-1.7 ${name}`) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(content),
})

// Each test walks a long way, past many looks of axe.
describe('files of requests', { timeout: 180_000 }, () => {
  let pages: PagesUnderTest
  let desk: Desk
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages()
    desk = pages.desk
    for (const person of [nadia, elodie]) await pages.welcome(person)
  }, 300_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  const chooser = (page: Page) => page.locator('input[type="file"]')
  const lineOf = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })

  async function fill(page: Page, labels: { item: string; amount: string; supplier: string }): Promise<void> {
    await page.getByLabel(labels.item).fill('Un projecteur')
    await page.getByLabel(labels.amount).fill('1200')
    await page.getByLabel(labels.supplier).fill('Litware')
  }

  async function downloaded(page: Page, name: string): Promise<{ name: string; content: string }> {
    const waiting = page.waitForEvent('download')
    await page.getByRole('link', { name }).click()
    const download = await waiting
    return {
      name: download.suggestedFilename(),
      content: await readFile(await download.path(), 'utf8'),
    }
  }

  test('in French, on a phone: they are added, outlive a reload, and are there for whoever is asked', async () => {
    await using browsing = await pages.browseAs(nadia, inFrench)
    const { page } = browsing
    await page.goto('/requests/new/purchase')
    await fill(page, { item: 'Article', amount: 'Montant', supplier: 'Fournisseur' })
    await page.getByRole('group', { name: 'Fichiers' }).waitFor()
    await chooser(page).setInputFiles([file('Offre signée.pdf'), file('vide.pdf', ''), file('plan.pdf')])
    await page.getByText('Ce fichier ne contient rien.').waitFor()
    await page.getByText('plan.pdf est ajouté.').waitFor({ state: 'attached' })
    await expectSound(browsing, 'new-request-files-fr', both)

    // What could not be added stands in the way until it is removed.
    await page.getByRole('button', { name: 'Envoyer la demande' }).click()
    await page.getByText('Un fichier n’a pas pu être ajouté.').waitFor()
    await expectSound(browsing, 'new-request-files-refused-fr', both)
    await page.getByRole('button', { name: 'Retirer vide.pdf' }).click()
    await page.getByRole('button', { name: 'Retirer plan.pdf' }).click()
    await lineOf(page, 'plan.pdf').waitFor({ state: 'detached' })

    page.on('dialog', (dialog) => dialog.accept())
    await page.reload()
    await page.getByText('Voici de nouveau ce que vous aviez saisi.').waitFor()
    await lineOf(page, 'Offre signée.pdf').waitFor()
    await page.getByRole('button', { name: 'Envoyer la demande' }).click()
    await page.waitForURL(/\/requests\/\d+$/)
    await page.getByRole('list', { name: 'Fichiers' }).waitFor()
    await expectSound(browsing, 'request-files-fr', both)
    const offer = { name: 'Offre signée.pdf', content: '%PDF-1.7 Offre signée.pdf' }
    expect(await downloaded(page, 'Offre signée.pdf')).toEqual(offer)

    const number = Number(page.url().split('/').at(-1))
    const mail = await desk.mail(number, 'approval', elodie)
    expect(mail.parsed.attachments.map(({ filename }) => filename)).toEqual(['Offre signée.pdf'])
    const action = (await desk.request(number)).actions[0]
    await using theirs = await pages.browseAs(elodie, inFrench)
    await theirs.page.goto(`/actions/${action?.id}`)
    await theirs.page.getByRole('link', { name: 'Offre signée.pdf' }).waitFor()
    await expectSound(theirs, 'action-files-fr', both)
    expect(await downloaded(theirs.page, 'Offre signée.pdf')).toEqual(offer)
  })

  test('in English: chosen by the keyboard or dropped, and each refusal stands at its file', async () => {
    await using browsing = await pages.browseAs(nadia, inEnglish)
    const { page } = browsing
    await page.goto('/requests/new/purchase')
    await fill(page, { item: 'Item', amount: 'Amount', supplier: 'Supplier' })
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose files' }).focus()
    await page.keyboard.press('Enter')
    await (await choosing).setFiles([file('offer.pdf')])
    await page.getByText('offer.pdf is added.').waitFor({ state: 'attached' })

    // The server is not heard of once.
    await page.route('**/api/files?*', (route) => route.abort(), { times: 1 })
    await page.evaluate(`{
      const data = new DataTransfer()
      data.items.add(new File(['plan'], 'plan.pdf', { type: 'application/pdf' }))
      const place = document.querySelector('[role="group"][aria-labelledby$="-label"]')
      place.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }))
    }`)
    await page.getByText('This file did not reach the server.').waitFor()
    await chooser(page).setInputFiles([file('film.pdf', Buffer.alloc(10 * 1024 * 1024 + 1))])
    await page.getByText('A file may have 10 MB.').waitFor()
    await expectSound(browsing, 'new-request-files-en', both)
    await page.getByRole('button', { name: 'Remove plan.pdf' }).click()
    await page.getByRole('button', { name: 'Remove film.pdf' }).click()

    // Meanwhile it was erased: the form was open for more than a day.
    const draft = await page.evaluate(
      'JSON.parse(Object.entries(sessionStorage).find(([key]) => key.startsWith("countersign-draft"))[1]).files[0].id',
    )
    const scopes = ['requests:write']
    const made = { name: 'test', scopes, person: nadia.address }
    const { token } = await desk.api.post<{ token: string }>('/api/tokens', made)
    const removed = await fetch(new URL(`/api/files/${draft}`, pages.server.url), {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    })
    expect(removed.status).toBe(204)
    await page.getByRole('button', { name: 'Send the request' }).click()
    await page.getByText('This file does not exist, or you may not see it.').waitFor()
    await expectSound(browsing, 'new-request-file-gone-en', both)
    await page.getByRole('button', { name: 'Remove offer.pdf' }).click()
    await page.getByRole('button', { name: 'Send the request' }).click()
    await page.waitForURL(/\/requests\/\d+$/)
    expect(await page.getByRole('list', { name: 'Files' }).count()).toBe(0)
  })
})
