/** Processes in a browser: an administrator sees, tries, changes and saves one; an auditor looks at what it was. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { elodie, nadia, thomas } from '../support/contoso.ts'
import { examples } from '../support/sample-api.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

const inFrench = { locale: 'fr-FR' }
const inEnglish = { locale: 'en-GB' }
const both = [desktop, phone]

/** Puts a text in place of all that a field holds, as by the clipboard. */
async function paste(field: Locator, text: string): Promise<void> {
  await field.press('ControlOrMeta+a')
  await field.page().evaluate(`{
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', ${JSON.stringify(text)})
    const pasted = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.activeElement.dispatchEvent(pasted)
  }`)
}

describe('the pages of processes', () => {
  let pages: PagesUnderTest
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages()
    const definition = readFileSync(join(examples, 'processes', 'investment.yaml'), 'utf8')
    await pages.desk.api.post('/api/processes/import', { definition, mailbox: 'approvals' })
    await pages.welcome(thomas, 'administrator')
    await pages.welcome(nadia, 'auditor')
  }, 120_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  test('an administrator sees the flow, and what the checker says at its lines, in English', async () => {
    await using browsing = await pages.browseAs(thomas, inEnglish)
    const { page } = browsing
    await page.goto('/processes')
    await page.getByText('Version 1', { exact: false }).first().waitFor()
    await expectSound(browsing, 'processes-en', both)
    await page.getByRole('link', { name: 'Purchase' }).click()
    await page.waitForURL('**/processes/purchase')

    await page.getByRole('img', { name: 'Picture of the flow with 2 steps and 3 ends' }).waitFor()
    const words = page.getByRole('region', { name: 'The flow in words' })
    await words.getByText('Refuse, with a comment → the request ends: Refused').first().waitFor()
    await expectSound(browsing, 'process-flow-en', both)

    // A slip in the text is said at its line, and nothing can be saved until it is mended.
    await page.getByRole('tab', { name: 'Definition' }).click()
    await page.waitForURL('**/processes/purchase?view=definition')
    const editor = page.getByRole('textbox', { name: 'Definition' })
    await editor.waitFor()
    await expectSound(browsing, 'process-definition-en', both)
    const source = readFileSync(join(examples, 'processes', 'purchase.yaml'), 'utf8')
    await paste(editor, source.replace('next: finance-approval', 'next: nowhere'))
    await page.getByText(/^Checked: \d errors? (is|are) to be mended first/).waitFor()
    expect(await page.getByRole('button', { name: /^Save/ }).isDisabled()).toBe(true)
    await page
      .getByRole('button', { name: /^Line \d+$/ })
      .first()
      .click()
    await page.locator('.cm-content:focus').waitFor()
    await editor.getByText(/^Error: .*nowhere/).waitFor()
    await expectSound(browsing, 'process-errors-en', both)
    await page.getByRole('tab', { name: 'Flow' }).click()
    await page.getByRole('heading', { name: 'The definition has errors' }).waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('img', { name: 'Picture of the flow' }).waitFor()
  }, 180_000)

  test('an administrator tries the words, changes them and saves a version, in English', async () => {
    await using browsing = await pages.browseAs(thomas, inEnglish)
    const { page } = browsing
    const source = readFileSync(join(examples, 'processes', 'purchase.yaml'), 'utf8')
    await page.goto('/processes/purchase?view=definition')
    const editor = page.getByRole('textbox', { name: 'Definition' })
    await paste(editor, source.replace('dueAfterDays: 5', 'dueAfterDays: 7'))
    await page.getByText('Checked: nothing is wrong with it.').waitFor()
    await page.getByRole('heading', { name: 'What you have changed' }).waitFor()

    // A word that nobody knows is asked back; as a keyword it decides, before anything is saved.
    await page.getByRole('tab', { name: 'Keywords' }).click()
    await page.getByRole('textbox', { name: 'Reply' }).fill('Lavender\n\nBefore the 15th, please.')
    await page.getByRole('button', { name: 'Read it' }).click()
    const tried = page.getByRole('region', { name: 'Try a reply' })
    await tried.getByText('It decides nothing. A mail asks what was meant.').waitFor()
    const keywords = page.getByRole('combobox', { name: 'Approve: English' })
    await keywords.fill('Lavender')
    await keywords.press('Enter')
    await tried.getByText('It decides “Approve”, and the next step opens: Approval by Finance.').waitFor()
    await tried.locator('mark', { hasText: 'Lavender' }).waitFor()
    await expectSound(browsing, 'process-keywords-en', both)
    // A keyword of two choices is refused, and can be taken away again.
    const refusals = page.getByRole('combobox', { name: 'Refuse: English' })
    await refusals.fill('Lavender')
    await refusals.press('Enter')
    await page.getByText('1 error', { exact: true }).waitFor()
    await refusals.press('Backspace')

    await page.getByRole('button', { name: 'Save as version 2' }).click()
    await page.getByText('Version 2 is in use.').waitFor()
    const version = await pages.desk.api.get<{ source: string }>('/api/processes/purchase/versions/2')
    expect(version).toMatchObject({ importedBy: { address: thomas.address } })
    expect(version.source).toBe(
      source
        .replace('dueAfterDays: 5', 'dueAfterDays: 7')
        .replace('en: ["Yes", Approve, Approved]', 'en: ["Yes", Approve, Approved, Lavender]'),
    )

    await page.getByRole('tab', { name: 'Approval e-mail' }).click()
    const mail = page.frameLocator('iframe')
    await mail.getByText('Do you approve this purchase?').last().waitFor()
    await page.getByLabel('Width').selectOption('1000 px')
    await expectSound(browsing, 'process-mail-en', both)
    // What the frame may not do: run, and be styled but by the page's nonce.
    expect(browsing.complaints).toEqual([])

    await page.getByRole('tab', { name: 'Versions' }).click()
    await page.getByRole('link', { name: 'Version 1' }).waitFor()
    await page.getByRole('link', { name: 'Version 2' }).click()
    const difference = page.getByRole('region', { name: 'What changed since version 1' })
    await difference.locator('ins', { hasText: 'dueAfterDays: 7' }).waitFor()
    await difference.locator('del', { hasText: 'dueAfterDays: 5' }).waitFor()
    await expectSound(browsing, 'process-version-en', both)
  }, 180_000)

  test('a change is not lost by leaving, nor over what somebody else has saved meanwhile, in French', async () => {
    await using browsing = await pages.browseAs(thomas, inFrench)
    const { page } = browsing
    await page.goto('/processes/hire?view=definition')
    const editor = page.getByRole('textbox', { name: 'Définition' })
    await editor.waitFor()
    const source = readFileSync(join(examples, 'processes', 'hire.yaml'), 'utf8')
    await editor.press('ControlOrMeta+End')
    await page.keyboard.type('# À revoir')
    await page.keyboard.press('Shift+Home')
    await page.keyboard.type('# À revoir avec les finances.')
    await page.getByRole('link', { name: 'Journal des e-mails' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Rester ici' }).last().click()
    await pages.desk.api.post('/api/processes/import', {
      definition: source.replace(/dueAfterDays: \d+/, 'dueAfterDays: 30'),
    })
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
    await page.getByRole('alert').getByText('en est à la version 2 depuis que vous avez commencé').waitFor()
    await expectSound(browsing, 'process-outdated-fr', both)
    await page.getByRole('button', { name: 'Annuler' }).click()
  }, 180_000)

  test('a new process begins with one that works, and gets its page when it is saved, in French', async () => {
    await using browsing = await pages.browseAs(thomas, inFrench)
    const { page } = browsing
    await page.goto('/processes')
    await page.getByRole('link', { name: 'Nouveau processus' }).click()
    await page.getByRole('img', { name: 'Image du déroulement' }).waitFor()
    await page.getByRole('tab', { name: 'Définition' }).click()
    const editor = page.getByRole('textbox', { name: 'Définition' })
    const written = await editor.textContent()
    expect(written).toContain('name: room')
    await paste(editor, 'name: [')
    await page
      .getByText(/^Erreur/)
      .first()
      .waitFor()
    const template = readFileSync(
      join(import.meta.dirname, '../../web/src/pages/processes/template.yaml'),
      'utf8',
    )
    await paste(editor, template.replace('name: room', 'name: salle'))
    await page.getByRole('tab', { name: 'Mots-clés' }).click()
    await page.getByRole('textbox', { name: 'Réponse' }).fill('Oui, si le budget le permet.')
    await page.getByRole('button', { name: 'Lire la réponse' }).click()
    await page.getByText('Elle ne décide rien. Un e-mail demande ce qu’elle veut dire.').waitFor()
    await page.getByText('une condition').first().waitFor()
    await expectSound(browsing, 'process-new-fr', both)
    await page.getByRole('button', { name: 'Enregistrer comme version 1' }).click()
    await page.waitForURL('**/processes/salle')
    await page.getByRole('heading', { name: 'Salle de réunion', level: 1 }).waitFor()
    await page.getByRole('tab', { name: 'E-mail d’approbation' }).click()
    await page.frameLocator('iframe').getByText('La salle peut-elle être réservée').last().waitFor()
    await page.getByLabel('Largeur').selectOption('320 px')
    await expectSound(browsing, 'process-mail-fr', both)
  }, 180_000)

  test('an auditor looks and tries, and changes nothing; a member is told that they may not', async () => {
    await using browsing = await pages.browseAs(nadia, inFrench)
    const { page } = browsing
    await page.goto('/processes/investment?view=keywords')
    await page.getByText('Quel montant accordez-vous').waitFor()
    await page.getByRole('textbox', { name: 'Réponse' }).fill('Q1: [oui]\nQ2: [1 250,00]')
    await page.getByRole('button', { name: 'Lire la réponse' }).click()
    await page.getByText(/Elle est conservée et ne décide pas encore/).waitFor()
    expect(await page.getByLabel('Approuver : Français').count()).toBe(0)
    await expectSound(browsing, 'process-auditor-fr', both)
    await page.getByRole('tab', { name: 'Définition' }).click()
    const editor = page.getByRole('textbox', { name: 'Définition' })
    expect(await editor.getAttribute('aria-readonly')).toBe('true')
    await page.goto('/processes')
    await page.getByRole('link', { name: 'Investissement' }).waitFor()
    expect(await page.getByRole('link', { name: 'Nouveau processus' }).count()).toBe(0)

    await using forbidden = await pages.browseAs(elodie, inFrench)
    await forbidden.page.goto('/processes/purchase')
    await forbidden.page.getByRole('alert').waitFor()
    await expectSound(forbidden, 'process-forbidden-fr', both)
  }, 180_000)
})
