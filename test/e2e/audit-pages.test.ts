/** The audit in a browser: an auditor with a request number finds what happened, proves it, and takes it along. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { elodie, nadia, thomas } from '../support/contoso.ts'
import { eventually } from '../support/eventually.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

describe('the audit pages', () => {
  let pages: PagesUnderTest
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages()
  }, 120_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  test('an auditor looks for a decision, opens it, sees that its chain holds, and downloads it', async () => {
    const { desk } = pages
    await pages.welcome(thomas, 'auditor')
    await using browsing = await pages.browseAs(thomas, { locale: 'fr-FR' })
    const { page } = browsing
    await page.goto('/audit')
    await page.getByRole('heading', { name: 'Il ne s’est encore rien passé' }).waitFor()
    await expectSound(browsing, 'audit-empty-fr', [desktop, phone])

    const number = await desk.filePurchase()
    const other = await desk.filePurchase()
    await desk.reply(await desk.mail(number, 'approval', elodie), 'Oui\n\n=1+1 ordinateurs')
    await desk.inbound(number, 1)
    await page.getByRole('link', { name: 'Audit', exact: true }).click()
    await page.reload()
    const rows = page.getByRole('row').filter({ has: page.getByRole('link') })
    await eventually(async () => expect(await rows.count()).toBe(6))
    await page.getByLabel('Demande', { exact: true }).fill(`#${number}`)
    await page.getByLabel('Demande', { exact: true }).press('Enter')
    await eventually(async () => expect(await rows.count()).toBe(4))
    await page.getByRole('button', { name: 'Tout vérifier' }).click()
    await page.getByRole('status').getByText('Chaque chaîne est bien celle').waitFor()
    await expectSound(browsing, 'audit-fr', [desktop, phone])

    await page.getByLabel('Quoi').selectOption('Décisions')
    await page.waitForURL(`**/audit?*kind=action-decided*`)
    await page.getByLabel('Fait par').fill(elodie.address)
    await page.getByLabel('Fait par').press('Enter')
    const today = new Date()
    const day = (date: Date) => new Intl.DateTimeFormat('fr-FR').format(date)
    await page.getByRole('textbox', { name: 'Du', exact: true }).fill(day(today))
    await page.getByRole('textbox', { name: 'Du', exact: true }).press('Enter')
    await page.getByRole('textbox', { name: 'Au', exact: true }).fill(day(today))
    await page.getByRole('textbox', { name: 'Au', exact: true }).press('Enter')
    await page.waitForURL(/from=.*to=|to=.*from=/)
    await eventually(async () => expect(await rows.count()).toBe(1))
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'CSV' }).click()
    const sheet = await readFile(await (await download).path(), 'utf8')
    expect(sheet.trim().split('\r\n')).toHaveLength(2)
    expect(sheet).toContain(`"'=1+1 ordinateurs"`)

    await page.getByRole('link', { name: /Élodie Gagnon a décidé «.Approuver.»/ }).click()
    await page.getByText('La chaîne est bien celle qui a été écrite').waitFor()
    await page.getByText('"rawSha256"').waitFor()
    await expectSound(browsing, 'audit-entry-fr', [desktop, phone])
    await page.getByRole('link', { name: 'Ouvrir le message' }).click()
    await page.getByRole('region', { name: 'Ce qui a décidé' }).waitFor()

    await page.goto(`/audit?request=${other}&kind=action-decided`)
    await page.getByRole('heading', { name: 'Aucune entrée ne correspond' }).waitFor()
    await page.getByRole('link', { name: 'Effacer les filtres' }).click()
    await eventually(async () => expect(await rows.count()).toBeGreaterThan(5))
  })

  test('who signed in is listed beside it, and a member is told that it is not theirs to see', async () => {
    await using operator = await pages.browseAsOperator({ locale: 'en-GB' })
    await operator.page.goto('/audit')
    await operator.page.getByText('Nothing is signed yet').waitFor()
    await operator.page.getByRole('link', { name: 'Sign-ins' }).click()
    const signedIn = operator.page.getByRole('row').filter({ hasText: thomas.name })
    await signedIn.filter({ hasText: 'Signed in' }).waitFor()
    await signedIn.filter({ hasText: 'Invited' }).waitFor()
    await expectSound(operator, 'audit-sign-ins-en', [desktop, phone])
    await operator.page.goto('/audit/entries/999999-1')
    await operator.page.getByRole('alert').getByText('No such audit entry').waitFor()

    await using member = await pages.browseAs(nadia, { locale: 'fr-FR' })
    await member.page.goto('/audit')
    await member.page.getByRole('alert').waitFor()
    expect(await member.page.getByRole('link', { name: 'Audit', exact: true }).count()).toBe(0)
    await expectSound(member, 'audit-forbidden-fr', [desktop, phone])
  })
})
