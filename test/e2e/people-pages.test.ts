/** People in a browser: an administrator adds, changes and imports them; an auditor reads who changed what. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { administrator as admin, elodie, nadia, thomas } from '../support/contoso.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

const inFrench = { locale: 'fr-FR' }
const inEnglish = { locale: 'en-GB' }
const both = [desktop, phone]

describe('people', () => {
  let pages: PagesUnderTest
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages()
    await pages.welcome(admin, 'administrator')
  }, 180_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  test('an administrator finds somebody, changes them, records an absence and sees it on record', async () => {
    await using browsing = await pages.browseAs(admin, inEnglish)
    const { page } = browsing
    await page.goto('/people')
    await page.getByRole('row').filter({ hasText: 'Thomas Berger' }).waitFor()
    await expectSound(browsing, 'people-en', both)
    await page.getByLabel('Name or address').fill('elodie')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/people?search=elodie')
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await page.getByLabel('Name or address').fill('nobody at all')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Nobody is called so' }).waitFor()
    await expectSound(browsing, 'people-empty-en')
    await page.getByRole('link', { name: 'Show everybody' }).click()
    await page.getByRole('link', { name: 'Élodie Gagnon' }).click()

    await page.getByRole('heading', { name: 'Élodie Gagnon' }).waitFor()
    await page.getByText('countersign person invite elodie.gagnon@contoso.example').waitFor()
    await page.getByRole('combobox', { name: 'Manager' }).fill('no.one@contoso.example')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Nobody has the address no.one@contoso.example').waitFor()
    await page.getByRole('combobox', { name: 'Manager' }).fill('thom')
    await page.getByRole('option', { name: /Thomas Berger/ }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('would manage themselves').waitFor()
    await page.getByRole('combobox', { name: 'Manager' }).fill(admin.address)
    await page.keyboard.press('Escape')
    await page.getByLabel('Role').selectOption('Auditor')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved', { exact: true }).waitFor()
    const history = page.getByRole('region', { name: 'What was changed' })
    await history.getByText('Role: Person → Auditor').waitFor()
    await history.getByText(`Manager: ${admin.address}`).waitFor()

    const absences = page.getByRole('region', { name: 'Absences' })
    await absences.getByRole('button', { name: 'Record an absence' }).click()
    await absences.getByRole('combobox', { name: 'Who is asked instead' }).fill('thomas')
    await page.getByRole('option', { name: /Thomas Berger/ }).click()
    await absences.getByRole('textbox', { name: 'First day' }).fill('20/12/2026')
    await absences.getByRole('textbox', { name: 'Last day' }).fill('19/12/2026')
    await absences.getByRole('button', { name: 'Record', exact: true }).click()
    await absences.getByText('An absence ends after it starts').waitFor()
    await absences.getByRole('textbox', { name: 'Last day' }).fill('3/1/2027')
    await absences.getByRole('button', { name: 'Record', exact: true }).click()
    await absences.getByText('Away: Thomas Berger is asked instead').waitFor()
    await absences.getByText(/20 December 2026 to 3 January 2027/).waitFor()
    await history.getByText(/Absence recorded: thomas.berger/).waitFor()
    await expectSound(browsing, 'person-en', both)
    await absences.getByRole('button', { name: 'End the absence' }).click()
    await absences.getByText('No absence runs or is planned.').waitFor()
  })

  test('who leaves is shown with what waits for them, and it is taken over', async () => {
    const number = await pages.desk.filePurchase()
    await pages.desk.mail(number, 'approval', elodie)
    await using browsing = await pages.browseAs(admin, inFrench)
    const { page } = browsing
    await page.goto('/people?search=gagnon')
    await page.getByRole('link', { name: 'Élodie Gagnon' }).click()
    await page.getByRole('region', { name: '1 approbation en attente' }).getByText(`#${number}`).waitFor()
    await page.getByRole('button', { name: 'Marquer comme partie…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Départ de Élodie Gagnon' })
    await dialog.getByText(/personnes l’ont pour responsable/).waitFor()
    await expectSound(browsing, 'person-leaving-fr', both)
    await dialog.getByRole('combobox', { name: 'Qui reprend ces approbations' }).fill(thomas.address)
    await page.keyboard.press('Escape')
    if (!(await dialog.isVisible())) throw new Error('Escape closed the dialog, not the list in it')
    await dialog.getByRole('button', { name: 'Marquer comme partie' }).click()
    await page.getByRole('button', { name: 'Marquer comme présente' }).waitFor()
    await page.getByRole('region', { name: '0 approbation en attente' }).waitFor()
    await page.getByText('Situation\u00a0: Présent → Parti').waitFor()
    await pages.desk.mail(number, 'approval', thomas)
    await page.getByRole('button', { name: 'Marquer comme présente' }).click()
    await page.getByRole('button', { name: 'Marquer comme partie…' }).waitFor()
    await expectSound(browsing, 'person-fr', both)
  })

  test('a CSV file is shown line by line before it is imported', async () => {
    await using browsing = await pages.browseAs(admin, inFrench)
    const { page } = browsing
    await page.goto('/people/import')
    const wrong = 'adresse;nom;rôle\nzoe.lin@contoso.example;;chef\nthomas.berger@contoso.example;T. Berger;'
    await page.getByLabel('Ou son texte').fill(wrong)
    await page.getByRole('button', { name: 'Vérifier' }).click()
    await page.getByText('Ligne 2\u00a0: chef n’est pas un rôle.').waitFor()
    await expectSound(browsing, 'people-import-wrong-fr', both)
    expect(await page.getByRole('button', { name: 'Tout importer' }).count()).toBe(0)

    // As Excel writes it in western Europe: no UTF-8.
    const csv =
      'adresse;nom;responsable;groupes\r\nzoe.lin@contoso.example;Zoé Lin;thomas.berger@contoso.example;Achats\r\n'
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'personnes.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(csv, 'latin1'),
    })
    await expect.poll(() => page.getByLabel('Ou son texte').inputValue()).toContain('Zoé Lin')
    await page.getByRole('button', { name: 'Vérifier' }).click()
    await page.getByText('Ajouts\u00a0: 1, modifications\u00a0: 0').waitFor()
    await page.getByText('entre dans le groupe Achats').waitFor()
    await expectSound(browsing, 'people-import-fr', both)
    await page.getByRole('button', { name: 'Tout importer' }).click()
    await page.getByText('Importation effectuée').waitFor()
  })

  test('a group is made, filled and emptied', async () => {
    await using browsing = await pages.browseAs(admin, inFrench)
    const { page } = browsing
    await page.goto('/people/groups')
    await page.getByRole('link', { name: 'Finance' }).waitFor()
    await expectSound(browsing, 'people-groups-fr', both)
    await page.getByLabel('Nouveau groupe').fill('Juridique')
    await page.getByRole('button', { name: 'Créer le groupe' }).click()
    await page.getByRole('heading', { name: 'Personne n’est dans ce groupe' }).waitFor()
    await page.getByRole('combobox', { name: 'Ajouter un membre' }).fill('novak')
    await page.getByRole('option', { name: /Anna Novák/ }).click()
    await page.getByRole('button', { name: 'Ajouter', exact: true }).click()
    await page.getByRole('link', { name: 'Anna Novák' }).waitFor()
    await expectSound(browsing, 'people-group-fr', both)
    await page.getByRole('button', { name: 'Retirer Anna Novák du groupe' }).click()
    await page.getByRole('heading', { name: 'Personne n’est dans ce groupe' }).waitFor()
  })

  test.each([
    ['fr', inFrench, 'Renommer', 'Nouveau nom', 'Supprimer', 'Supprimer le groupe', /^Anciennement /],
    ['en', inEnglish, 'Rename', 'New name', 'Delete', 'Delete the group', /^Formerly /],
  ])(
    'a group is renamed; deleted once nothing needs it, and until then it says what does: %s',
    async (...given) => {
      const [language, options, rename, newName, remove, confirm, formerly] = given
      await using browsing = await pages.browseAs(admin, options)
      const { page } = browsing
      await page.goto('/people/groups')
      await page.getByRole('link', { name: /^(Finance|Treasury)/ }).click()
      await page.getByRole('button', { name: rename }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(newName).fill('Human Resources')
      await dialog.getByRole('button', { name: rename }).click()
      await dialog.getByText('Human Resources').waitFor()
      await expectSound(browsing, `people-group-rename-${language}`, both)
      await dialog.getByLabel(newName).fill(`Treasury ${language}`)
      await dialog.getByRole('button', { name: rename }).click()
      await page.getByRole('heading', { name: `Treasury ${language}` }).waitFor()
      await page.getByText(formerly).waitFor()
      await page.getByRole('button', { name: remove, exact: true }).click()
      await dialog.getByRole('button', { name: confirm }).click()
      await dialog.getByText(/purchase 1/).waitFor()
      await expectSound(browsing, `people-group-delete-${language}`, both)
      await page.keyboard.press('Escape')

      const { id } = await pages.desk.api.post<{ id: string }>('/api/groups', { name: `Legal ${language}` })
      await page.goto(`/people/groups/${id}`)
      await page.getByRole('button', { name: remove, exact: true }).click()
      await dialog.getByRole('button', { name: confirm }).click()
      await page.waitForURL('**/people/groups')
      await page.getByRole('link', { name: /^Treasury/ }).waitFor()
      expect(await page.getByRole('link', { name: `Legal ${language}` }).count()).toBe(0)
    },
  )

  test('somebody is added by hand, once their address is nobody else’s', async () => {
    await using browsing = await pages.browseAs(admin, inEnglish)
    const { page } = browsing
    await page.goto('/people/new')
    await page.getByLabel('Name', { exact: true }).fill('Ravi Patel')
    await page.getByLabel('Address', { exact: true }).fill(thomas.address)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('belongs to').waitFor()
    await expectSound(browsing, 'person-new-en', both)
    await page.getByLabel('Address', { exact: true }).fill('ravi.patel@contoso.example')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('heading', { name: 'Ravi Patel' }).waitFor()
  })

  test('an auditor reads and finds nothing to press; others are told why not', async () => {
    await pages.welcome(nadia, 'auditor')
    await using reading = await pages.browseAs(nadia, inEnglish)
    await reading.page.goto('/people?search=novak')
    await reading.page.getByRole('link', { name: 'Anna Novák' }).click()
    const history = reading.page.getByRole('region', { name: 'What was changed' })
    await history.getByText('Added', { exact: true }).waitFor()
    await history.getByText('Operator').first().waitFor()
    expect(await reading.page.getByRole('button', { name: /Save|Mark|Record/ }).count()).toBe(0)
    await expectSound(reading, 'person-auditor-en', both)
    await reading.page.goto('/people')
    expect(await reading.page.getByRole('link', { name: 'Import' }).count()).toBe(0)

    await using member = await pages.browseAs(thomas, inFrench)
    await member.page.goto('/people')
    await member.page.getByRole('alert').getByRole('heading').waitFor()
    expect(await member.page.getByRole('link', { name: 'Personnes' }).count()).toBe(0)
    await expectSound(member, 'people-forbidden-fr')
  })
})
