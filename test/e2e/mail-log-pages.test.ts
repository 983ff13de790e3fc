/** The mail log in a browser: an administrator sees why a reply decided, or did not, and what came of it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import {
  accessibilityFaults,
  type Browsing,
  browse,
  chromiumMissing,
  desktop,
  keepPicture,
  phone,
} from '../support/browse.ts'
import { type Contoso, elodie, startContoso } from '../support/contoso.ts'
import { type Desk, deskOf, setUp } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const inFrench = { locale: 'fr-FR' }
const inEnglish = { locale: 'en-GB' }

describe('the mail log', () => {
  let contoso: Contoso
  let dataDirectory = ''
  let server: TestServer
  let desk: Desk
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    await buildWeb()
    contoso = await startContoso()
    dataDirectory = await mkdtemp(join(tmpdir(), 'countersign-mail-log-'))
    server = await startServer(dataDirectory)
    desk = deskOf(server, contoso)
    await setUp(desk.api, contoso)
  }, 120_000)
  afterAll(async () => {
    if (chromiumMissing !== null) return
    await server?.kill()
    await contoso?.close()
    if (dataDirectory !== '') await rm(dataDirectory, { recursive: true, force: true })
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  const open = (options: object) => browse(server.url, { token: server.token, ...options })

  /** Élodie's reply to a purchase, once it is processed: the number of the request, and the message's id. */
  async function answered(text: string): Promise<{ number: number; id: string }> {
    const number = await desk.filePurchase()
    await desk.reply(await desk.mail(number, 'approval', elodie), text)
    const [message] = await desk.inbound(number, 1)
    return { number, id: message?.id ?? '' }
  }

  /** In both themes and both widths: what changes colour may lose its contrast, what is narrow its place. */
  async function expectSound({ page, complaints }: Browsing, name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const viewport of [desktop, phone]) {
        await page.setViewportSize(viewport)
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        expect(await accessibilityFaults(page), `${name}, ${colorScheme}`).toEqual([])
        await keepPicture(page, `${name}-${viewport.width}-${colorScheme}`)
        expect(await overflow(page), `${name} at ${viewport.width} can be scrolled sideways`).toBe(0)
      }
    }
    await page.setViewportSize(desktop)
    expect(complaints).toEqual([])
  }

  const overflow = (page: Page): Promise<number> =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

  test('says so when there is no mail yet, and shows a mail as soon as it goes out', async () => {
    await using browsing = await open(inEnglish)
    const { page } = browsing
    await page.goto('/mail')
    await page.getByRole('heading', { name: 'No mail yet' }).waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    await expectSound(browsing, 'mail-empty-en')
    const number = await desk.filePurchase()
    const row = page.getByRole('row').filter({ hasText: `Request ${number}` })
    await row.getByText('Sent', { exact: true }).waitFor()
    await row.getByRole('link', { name: 'Approval e-mail' }).click()
    await page.getByRole('heading', { name: 'What we wrote' }).waitFor()
    await page.getByText('Litware Computing').waitFor()
    await expectSound(browsing, 'mail-outbound-en')
  })

  test('a reply that decided: their words with names, the words that count, the verdict, what followed', async () => {
    const { number, id } = await answered('Oui\n\nLivraison avant le 15, merci.')
    await using browsing = await open(inFrench)
    const { page } = browsing
    await page.goto(`/mail?request=${number}&direction=inbound`)
    await page.getByRole('link', { name: /Achat|Purchase/ }).click()
    await page.waitForURL(`**/mail/${id}`)
    const words = page.getByRole('region', { name: 'Ses mots, tels que nous les lisons' })
    await words.locator('mark', { hasText: 'Oui' }).waitFor()
    for (const name of ['réponse', 'commentaire', 'citation']) await words.getByText(name).first().waitFor()
    await page.getByRole('region', { name: 'Ce qui a décidé' }).getByText('«\u00a0Oui\u00a0»').waitFor()
    await page.getByRole('region', { name: 'Est-ce bien cette personne' }).getByText('Accepté').waitFor()
    const then = page.getByRole('region', { name: 'Ce qui s’est passé ensuite' })
    await then.getByText('Décision Approuver, au nom de Élodie Gagnon').waitFor()
    await then.getByText('Thomas Berger').waitFor()
    await words.getByText('Ce que veulent dire les couleurs et les noms').click()
    await expectSound(browsing, 'mail-decided-fr')

    await page.getByRole('button', { name: 'Afficher la source' }).click()
    await page.getByText('X-MS-Exchange-Organization-AuthAs: Internal').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Télécharger en .eml' }).click()
    expect((await download).suggestedFilename()).toBe(`${id}.eml`)
    await page.getByRole('link', { name: new RegExp(`^#${number} `) }).click()
    await page.waitForURL(`**/requests/${number}`)
  })

  test('a reply that is unclear says which words cast the doubt, and leads to the mail that asked back', async () => {
    const { id } = await answered('Yes, but only if it costs less than 10,000 €.')
    await using browsing = await open(inEnglish)
    const { page } = browsing
    await page.goto(`/mail/${id}`)
    const decided = page.getByRole('region', { name: 'What was read' })
    await decided.getByText(/^unclear: /).waitFor()
    await decided.getByText('a condition', { exact: true }).first().waitFor()
    await page.getByText('Asked back', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Show the source' }).click()
    // Its client has quoted our mail in base64, where a token that still works cannot be masked.
    await page.getByText('The raw message holds a working reply token').waitFor()
    await expectSound(browsing, 'mail-unclear-en')
    await page
      .getByRole('link', { name: `We sent ${elodie.address}: Question about an unclear reply` })
      .click()
    await page.getByRole('link', { name: 'this reply' }).waitFor()
  })

  test('is filtered by state, person and request, in an address that can be kept', async () => {
    const { number } = await answered('Non\n\nTrop cher.')
    await using browsing = await open(inFrench)
    const { page } = browsing
    await page.goto('/mail')
    await page.getByLabel('État').selectOption('Décidé')
    await page.waitForURL('**/mail?standing=decided')
    const rows = page.getByRole('row').filter({ has: page.getByRole('link') })
    await eventually(async () => {
      const states = await rows.getByRole('cell').last().allTextContents()
      expect(new Set(states)).toEqual(new Set(['Décidé']))
    })
    await page.getByLabel('Demande').fill(`#${number}`)
    await page.getByLabel('Demande').press('Enter')
    await page.waitForURL(`**/mail?standing=decided&request=${number}`)
    await eventually(async () => expect(await rows.count()).toBe(1))
    await expectSound(browsing, 'mail-log-filtered-fr')
    await page.getByLabel('Personne').fill('x')
    await page.getByLabel('Personne').press('Enter')
    await page.getByText('Indiquez une adresse').waitFor()
    await page.getByLabel('Personne').fill('nobody@nowhere.example')
    await page.getByLabel('Personne').press('Enter')
    await page.getByRole('heading', { name: 'Aucun message ne correspond' }).waitFor()
    await page.getByRole('link', { name: 'Effacer les filtres' }).click()
    await page.waitForURL('**/mail')
    await eventually(async () => expect(await rows.count()).toBeGreaterThan(3))
    await expectSound(browsing, 'mail-log-fr')
  })

  test('a mail that was given up says what to do, and runs again at the press of a button', async () => {
    await contoso.fault('CreateItem', { code: 'ErrorInvalidRecipients', as: 'response' })
    const number = await desk.filePurchase()
    await using browsing = await open(inFrench)
    const { page } = browsing
    await page.goto(`/mail?request=${number}`)
    await page.getByText('Abandonné', { exact: true }).last().waitFor()
    await page.getByRole('link', { name: 'Courriel d’approbation', exact: true }).click()
    await page.getByRole('alert').getByText('Corrigez l’adresse').waitFor()
    await expectSound(browsing, 'mail-dead-fr')
    await page.getByRole('button', { name: 'Relancer' }).click()
    await page.getByText('Le traitement reprend.').waitFor()
    await desk.mail(number, 'approval', elodie)
    await page.getByText('Envoyé', { exact: true }).first().waitFor()
  })

  test('says what went wrong for whoever may not see it, and for an address that leads nowhere', async () => {
    const { token } = await desk.api.post<{ token: string }>('/api/tokens', {
      name: 'browser',
      scopes: ['requests:read'],
      person: elodie.address,
    })
    await using forbidden = await browse(server.url, { token, ...inFrench })
    await forbidden.page.goto('/mail')
    await forbidden.page.getByRole('alert').waitFor()
    await expectSound(forbidden, 'mail-forbidden-fr')
    await using lost = await open(inEnglish)
    await lost.page.goto('/mail/01890000-0000-7000-8000-000000000000')
    await lost.page.getByRole('alert').getByText('Message').first().waitFor()
  })
})
