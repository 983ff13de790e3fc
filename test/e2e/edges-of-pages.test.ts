/** What shows only at the edges of pages: loaded by their address, with values nobody chose, and after the last button is gone. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { administrator as admin, elodie, nadia, thomas } from '../support/contoso.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

const inFrench = { locale: 'fr-FR', viewport: phone }
const inEnglish = { locale: 'en-GB', viewport: desktop }

/** Whether who works by keyboard goes on here: the element in focus lies within the content of the page. */
const isFocusInContent = (page: Page) =>
  page.evaluate<boolean>(`document.querySelector('#content').contains(document.activeElement)`)

/** The labels of buttons that are not shown whole. */
const cutLabels = `[...document.querySelectorAll('.mantine-Button-label')]
  .filter((label) => label.scrollWidth > label.clientWidth)
  .map((label) => label.textContent)`

describe('the edges of pages', () => {
  let pages: PagesUnderTest
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages()
    await pages.welcome(admin, 'administrator')
    for (const person of [nadia, elodie, thomas]) await pages.welcome(person)
  }, 180_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  test('a new process can be made on a page that was loaded by its address', async () => {
    await using browsing = await pages.browseAs(admin, inEnglish)
    const { page } = browsing
    await page.goto('/processes/+new')
    await page.getByRole('tab', { name: 'Definition' }).waitFor()
    await page.reload()
    await page.getByRole('tab', { name: 'Definition' }).waitFor()
    await expectSound(browsing, 'new-process-loaded-en')
  })

  test('values in an address that are none are left out of it', async () => {
    await using browsing = await pages.browseAs(admin, inEnglish)
    const { page } = browsing
    await page.goto('/audit?request=none&from=someday')
    await page.getByLabel('Done by').waitFor()
    expect(new URL(page.url()).search).toBe('')
    await page.goto('/mail?request=none&person=a')
    await page.getByLabel('Direction').waitFor()
    expect(new URL(page.url()).search).toBe('')
    await page.goto('/mail?request=%2342')
    await page.getByRole('heading', { name: 'No message matches' }).waitFor()
    await page.goto('/people?role=king')
    await page.getByRole('row').filter({ hasText: 'Thomas Berger' }).waitFor()
  })

  test('what a field of a person lacks is said by its label', async () => {
    await using browsing = await pages.browseAs(admin, { ...inFrench, viewport: desktop })
    const { page } = browsing
    await page.goto('/people/new')
    await page.getByLabel('Adresse', { exact: true }).fill('nulle part')
    await page.getByRole('button', { name: 'Ajouter', exact: true }).click()
    await page.getByText(/^«.Nom.» est absent/).waitFor()
    await page.getByText(/^«.Adresse.» doit être une adresse e-mail/).waitFor()
  })

  test('who answers, hands on or cancels by keyboard goes on from there', async () => {
    const { desk } = pages
    const firstOf = async (number: number) => (await desk.request(number)).actions[0]?.id
    const [decided, handedOn, cancelled] = [
      await desk.filePurchase(),
      await desk.filePurchase(),
      await desk.filePurchase(),
    ]
    await using browsing = await pages.browseAs(elodie, inFrench)
    const { page } = browsing
    await page.goto(`/actions/${await firstOf(decided)}`)
    await page.getByRole('button', { name: 'Approuver' }).press('Enter')
    await page.getByText('Votre réponse est enregistrée.').waitFor()
    await expect.poll(() => isFocusInContent(page)).toBe(true)

    // Colleagues are offered by name, as where an absence is recorded.
    await page.goto(`/actions/${await firstOf(handedOn)}`)
    await page.getByRole('button', { name: 'Solliciter une autre personne' }).press('Enter')
    const to = page.getByRole('combobox', { name: 'Qui décide à votre place' })
    await to.fill('nulle.part@contoso.example')
    await page.getByRole('button', { name: 'Transmettre' }).press('Enter')
    await page.getByText('demandez à un administrateur de l’ajouter').waitFor()
    await to.fill(thomas.address)
    await page.getByRole('button', { name: 'Transmettre' }).press('Enter')
    await page.getByText(`${thomas.address} décide maintenant à votre place.`).waitFor()
    await expect.poll(() => isFocusInContent(page)).toBe(true)
    await expectSound(browsing, 'handed-on-fr')

    await using asking = await pages.browseAs(nadia, inEnglish)
    await asking.page.goto(`/requests/${cancelled}`)
    await asking.page.getByRole('button', { name: 'Cancel the request' }).press('Enter')
    const dialog = asking.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Cancel the request' }).press('Enter')
    await asking.page.getByText('Nadia Belkacem cancelled the request').waitFor()
    await expect.poll(() => isFocusInContent(asking.page)).toBe(true)
    // Nobody is asked any more, and whoever was is still called by name.
    await asking.page.getByText('Approval by the manager: Élodie Gagnon asked').waitFor()
  })

  test('an absence that was recorded is said so where it was sent, and is whole on the page of the person', async () => {
    await using browsing = await pages.browseAs(elodie, inFrench)
    const { page } = browsing
    await page.goto('/absence')
    await page.getByRole('textbox', { name: 'Du', exact: true }).fill('1/2/2027')
    await page.getByRole('textbox', { name: 'Au, ce jour compris' }).fill('1/2/2027')
    await page.getByRole('combobox', { name: 'Qui décide à votre place' }).fill(thomas.address)
    await page.getByRole('button', { name: 'Enregistrer l’absence' }).click()
    await page.getByRole('status').getByText('Absence enregistrée').waitFor()
    await expectSound(browsing, 'absence-recorded-fr')

    await using other = await pages.browseAs(admin, { ...inFrench, viewport: desktop })
    await other.page.goto('/people?search=gagnon')
    await other.page.getByRole('link', { name: 'Élodie Gagnon' }).click()
    const absences = other.page.getByRole('region', { name: 'Absences' })
    await absences.getByText('Le 1er février 2027').waitFor()
    await absences.getByRole('button', { name: /^Mettre fin/ }).waitFor()
    expect(await other.page.evaluate(cutLabels)).toEqual([])
  })
})
