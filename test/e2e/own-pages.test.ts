/** What people do for themselves in a browser: ask for something and take it back, name who decides while they are away,
 * choose how they are written to. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { password } from '../support/browser-session.ts'
import { anna, elodie, nadia, thomas } from '../support/contoso.ts'
import type { Desk } from '../support/desk.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

const inFrench = { locale: 'fr-FR', viewport: phone }
const inEnglish = { locale: 'en-GB', viewport: desktop }
const both = [desktop, phone]
const day = (later: number) =>
  new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC' }).format(Date.now() + later * 86_400_000)

// Each test walks a long way, past many looks of axe.
describe('the pages of one’s own', { timeout: 180_000 }, () => {
  let pages: PagesUnderTest
  let desk: Desk
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages()
    desk = pages.desk
    for (const person of [nadia, elodie, thomas, anna]) await pages.welcome(person)
  }, 300_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  const requestsOf = async (person: { address: string }) =>
    (await desk.api.get<{ items: { id: number }[] }>(`/api/requests?requester=${person.address}&limit=200`))
      .items

  test('in French, on a phone: a form is filled in by its types, outlives a reload, and is sent', async () => {
    await using browsing = await pages.browseAs(nadia, inFrench)
    const { page } = browsing
    await page.goto('/requests')
    await page.getByRole('heading', { name: 'Vous n’avez pas encore fait de demande' }).waitFor()
    await page.getByRole('link', { name: 'Nouvelle demande' }).click()
    await page.getByRole('heading', { name: 'Nouvelle demande' }).waitFor()
    await expectSound(browsing, 'new-request-fr', both)
    await page.getByRole('link', { name: 'Demande de personnel' }).click()
    await page.getByRole('heading', { name: 'Demande de personnel' }).waitFor()

    await page.getByRole('button', { name: 'Envoyer la demande' }).click()
    await page.locator('textarea:focus').waitFor()
    expect(await page.locator('[aria-invalid="true"]').count()).toBe(6)
    await expectSound(browsing, 'new-request-faults-fr', both)

    await page.getByLabel('Poste').fill('Comptable')
    await page.getByRole('textbox', { name: /^Service/ }).fill('Finance')
    await page.getByLabel('Contrat').selectOption('permanent')
    await page.getByLabel('Nombre de personnes').fill('2')
    const salary = page.getByLabel('Salaire annuel brut')
    await salary.fill('41500,5')
    expect((await salary.inputValue()).replace(/\s/g, ' ')).toBe('41 500,5')
    const start = page.getByRole('textbox', { name: 'Souhaité à partir du' })
    expect(await start.getAttribute('placeholder')).toBe('JJ/MM/AAAA')
    await start.fill('demain')
    await start.blur()
    await page.getByText(/^Écrivez un jour, par exemple 31\/12\/\d{4}\.$/).waitFor()
    await start.fill('1/3/2027')
    await start.blur()
    expect(await start.inputValue()).toBe('01/03/2027')
    const head = page.getByRole('combobox', { name: 'Responsable du service' })
    await head.fill('élo')
    await page.getByRole('option', { name: 'Élodie Gagnon' }).waitFor()
    await expectSound(browsing, 'new-request-person-fr', both)
    await head.fill('ma responsable')
    await head.blur()
    await page.getByText('L’adresse e-mail d’une personne est attendue ici').waitFor()
    await head.fill('gagnon')
    await page.getByRole('option', { name: 'Élodie Gagnon' }).click()
    expect(await head.inputValue()).toBe(elodie.address)
    await page.getByText('Élodie Gagnon', { exact: true }).first().waitFor()

    page.on('dialog', (dialog) => dialog.accept())
    await page.reload()
    await page.getByText('Voici de nouveau ce que vous aviez saisi.').waitFor()
    expect((await salary.inputValue()).replace(/\s/g, ' ')).toBe('41 500,5')
    await expectSound(browsing, 'new-request-restored-fr', both)
    await page.getByRole('button', { name: 'Envoyer la demande' }).click()
    await page.waitForURL(/\/requests\/\d+$/)
    await page.getByRole('heading', { name: 'Comptable, Finance' }).waitFor()
    await page.getByText('41 500,50 €').waitFor()
    await page.getByText('1er mars 2027').waitFor()

    const number = Number(page.url().split('/').at(-1))
    await desk.mail(number, 'approval', elodie)
    await page.getByRole('button', { name: 'Annuler la demande' }).click()
    await page.getByText('Il sera dit à Élodie Gagnon qu’aucune réponse').waitFor()
    await page.getByLabel('Pourquoi').fill('Poste pourvu en interne.')
    await expectSound(browsing, 'request-cancel-fr', both)
    await page.getByRole('dialog').getByRole('button', { name: 'Annuler la demande' }).click()
    await page.getByText('Nadia Belkacem a annulé la demande').waitFor()
    expect(await page.getByRole('button', { name: 'Annuler la demande' }).count()).toBe(0)
    await expectSound(browsing, 'request-cancelled-fr', both)
    expect((await desk.mail(number, 'action-withdrawn', elodie)).text).toContain('Poste pourvu en interne.')

    // What was sent is no draft any more.
    await page.goto('/requests/new/hire')
    expect(await page.getByLabel('Poste').inputValue()).toBe('')
  })

  test('in English: an answer that is lost makes nothing twice, and what was typed is not left by accident', async () => {
    const before = (await requestsOf(nadia)).length
    await using browsing = await pages.browseAs(nadia, inEnglish)
    const { page } = browsing
    await page.goto('/requests/new/purchase')
    await page.getByLabel('Item').fill('A projector')
    await page.getByLabel('Amount').fill('1200')
    await page.getByLabel('Supplier').fill('Litware')
    await page.getByRole('link', { name: 'My approvals' }).click()
    await page.getByRole('heading', { name: 'Leave without saving?' }).waitFor()
    await page.getByRole('button', { name: 'Stay here' }).last().click()

    // The server does what it is asked for, and nobody hears of it.
    await page.route('**/api/requests', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await page.getByRole('button', { name: 'Send the request' }).click()
    await page.getByText('Whether your request has arrived is not known.').waitFor()
    await expectSound(browsing, 'new-request-lost-en', both)
    await page.unroute('**/api/requests')
    expect((await requestsOf(nadia)).length).toBe(before + 1)

    await page.getByLabel('Amount').fill('1300')
    await page.getByRole('button', { name: 'Send the request' }).click()
    await page.getByText(/Request \d+ was made already/).waitFor()
    await expectSound(browsing, 'new-request-sent-before-en', both)
    await page.getByLabel('Amount').fill('1200')
    await page.getByRole('button', { name: 'Send the request' }).click()
    await page.waitForURL(/\/requests\/\d+$/)
    await page.getByText('€1,200.00').waitFor()
    expect((await requestsOf(nadia)).length).toBe(before + 1)
    await page.getByRole('button', { name: 'Cancel the request' }).click()
    await page.getByText('Élodie Gagnon will be told').waitFor()
    await expectSound(browsing, 'request-cancel-en', both)
    await page.getByRole('button', { name: 'Keep the request' }).last().click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('in French: an absence is recorded, what opens in it goes to the stand-in, and it is ended early', async () => {
    await using browsing = await pages.browseAs(elodie, inFrench)
    const { page } = browsing
    await page.goto('/absence')
    await page.getByRole('heading', { name: 'Vous n’avez enregistré aucune absence' }).waitFor()
    await expectSound(browsing, 'absence-empty-fr', both)
    const submit = page.getByRole('button', { name: 'Enregistrer l’absence' })
    await submit.click()
    await page.getByText('Veuillez renseigner ce champ.').first().waitFor()
    await page.getByRole('textbox', { name: 'Du', exact: true }).fill(day(0))
    await page.getByRole('textbox', { name: 'Au, ce jour compris' }).fill(day(-3))
    const to = page.getByRole('combobox', { name: 'Qui décide à votre place' })
    await to.fill('berger')
    await page.getByRole('option', { name: 'Thomas Berger' }).click()
    await submit.click()
    await page.getByText('Une absence se termine après son début').waitFor()
    await page.getByRole('textbox', { name: 'Au, ce jour compris' }).fill(day(9))
    await page.getByLabel('Que doit savoir').fill('Les devis sont sur le partage.')
    await submit.click()
    await page.getByText('Thomas Berger décide à votre place').waitFor()
    await page.getByText('En cours', { exact: true }).waitFor()
    await expectSound(browsing, 'absence-fr', both)

    // A second one at the same time is refused at its field, in days.
    await page.getByRole('textbox', { name: 'Au, ce jour compris' }).fill(day(2))
    await to.fill(anna.address)
    await submit.click()
    await page.getByText('Vous avez enregistré une absence du').waitFor()
    await expectSound(browsing, 'absence-overlaps-fr', both)

    const number = await desk.filePurchase()
    const mail = await desk.mail(number, 'approval', thomas)
    expect(mail.text).toContain('Les devis sont sur le partage.')

    await using theirs = await pages.browseAs(thomas, inEnglish)
    await theirs.page.goto('/absence')
    await theirs.page.getByRole('heading', { name: 'You decide for others' }).waitFor()
    await theirs.page.getByText('For Élodie Gagnon').waitFor()
    await expectSound(theirs, 'absence-stand-in-en', both)
    await theirs.page.goto('/actions?list=handed-on')
    await theirs.page.getByRole('link', { name: '12 ordinateurs portables' }).waitFor()

    await page.getByRole('button', { name: 'Y mettre fin' }).click()
    await page.getByText('Écourtée').waitFor()
    await desk.mail(await desk.filePurchase(), 'approval', elodie)
  })

  test('in English: a language and a time zone are chosen, and mails come in them', async () => {
    await using browsing = await pages.browseAs(anna, inEnglish)
    const { page } = browsing
    await page.goto('/actions')
    await page.getByRole('button', { name: 'Account of Anna Novák' }).click()
    await page.getByRole('link', { name: 'My settings' }).click()
    await page.getByRole('heading', { name: 'My settings' }).waitFor()
    await expectSound(browsing, 'settings-en', both)
    await page.getByLabel('Language').last().selectOption('fr')
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Nour')
    await page.getByText('There is no time zone of this name.').waitFor()
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Noum')
    await page.getByRole('option', { name: 'Pacific/Noumea' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Mes paramètres' }).waitFor()
    await page.getByText('Enregistré', { exact: true }).waitFor()
    await expectSound(browsing, 'settings-fr', both)

    const number = await desk.fileHire(anna)
    const mail = await desk.mail(number, 'approval', anna)
    expect(mail.text).toContain('Souhaitez-vous que ce poste soit pourvu')
    expect(mail.text).toMatch(/UTC\+11/)
  })

  test('in French, on a phone: a password is changed by who knows it, and all others are signed out', async () => {
    await using browsing = await pages.browseAs(nadia, inFrench)
    await using elsewhere = await pages.browseAs(nadia, inFrench)
    const { page } = browsing
    await page.goto('/settings')
    const current = page.getByLabel('Mot de passe actuel')
    const wanted = page.getByLabel('Nouveau mot de passe')
    await current.fill('incorrect horse')
    await wanted.fill('another horse battery')
    await page.getByRole('button', { name: 'Changer le mot de passe' }).click()
    await page.getByText('C’est celui avec lequel vous vous connectez.').waitFor()
    await expectSound(browsing, 'settings-password-wrong-fr', both)
    await current.fill(password)
    await page.getByRole('button', { name: 'Changer le mot de passe' }).click()
    await page.getByText('Mot de passe changé.').waitFor()
    await expectSound(browsing, 'settings-password-changed-fr', both)
    await elsewhere.page.goto('/settings')
    await elsewhere.page.waitForURL('**/sign-in?to=*')
  })
})
