/** The mail log in a browser: an administrator sees why a reply decided, or did not, and what came of it. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyEvidence } from '../../src/cli/verify-evidence/verify-evidence.ts'
import { readZip } from '../../src/lib/zip/read-zip.ts'
import { browse, chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { anna, approvals, elodie, nadia } from '../support/contoso.ts'
import type { Desk } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

const inFrench = { locale: 'fr-FR' }
const inEnglish = { locale: 'en-GB' }

describe('the mail log', () => {
  let pages: PagesUnderTest
  let desk: Desk
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages()
    desk = pages.desk
  }, 120_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  const open = (options: object) => pages.browseAsOperator(options)

  /** Élodie's reply to a purchase, once it is processed: the number of the request, and the message's id. */
  async function answered(text: string): Promise<{ number: number; id: string }> {
    const number = await desk.filePurchase()
    await desk.reply(await desk.mail(number, 'approval', elodie), text)
    const [message] = await desk.inbound(number, 1)
    return { number, id: message?.id ?? '' }
  }

  test('says so when there is no mail yet, and shows a mail as soon as it goes out', async () => {
    await using browsing = await open(inEnglish)
    const { page } = browsing
    await page.goto('/mail')
    await page.getByRole('heading', { name: 'No mail yet' }).waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    await expectSound(browsing, 'mail-empty-en', [desktop, phone])
    const number = await desk.filePurchase()
    const row = page.getByRole('row').filter({ hasText: `Request ${number}` })
    await row.getByText('Sent', { exact: true }).waitFor()
    await row.getByRole('link', { name: 'Approval e-mail' }).click()
    await page.getByRole('heading', { name: 'What we wrote' }).waitFor()
    await page.getByText('Litware Computing').waitFor()
    await expectSound(browsing, 'mail-outbound-en', [desktop, phone])
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
    await expectSound(browsing, 'mail-decided-fr', [desktop, phone])

    await page.getByRole('button', { name: 'Afficher la source' }).click()
    await page.getByText('X-MS-Exchange-Organization-AuthAs: Internal').waitFor()
    await expectSound(browsing, 'mail-source-fr')
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
    await expectSound(browsing, 'mail-unclear-en', [desktop, phone])
    await page.getByRole('link', { name: `We sent ${elodie.address}: Question about a reply` }).click()
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
    // Every state finds its own, or says that there is none.
    const states = page.getByLabel('État').locator('option')
    for (const [nth, state] of (await states.allTextContents()).entries()) {
      const value = await states.nth(nth).getAttribute('value')
      if (!value) continue
      await page.getByLabel('État').selectOption(value)
      await page.waitForURL(`**/mail?standing=${value}`)
      await eventually(async () => {
        const none = await page.getByRole('heading', { name: 'Aucun message ne correspond' }).count()
        const shown = await rows.locator('td:last-child').allTextContents()
        expect(none === 1 ? [state] : [...new Set(shown)]).toEqual([state])
      })
    }
    await page.getByLabel('État').selectOption('Décidé')
    await page.getByLabel('Demande').fill(`#${number}`)
    await page.getByLabel('Demande').press('Enter')
    await page.waitForURL(`**/mail?standing=decided&request=${number}`)
    await eventually(async () => expect(await rows.count()).toBe(1))
    await expectSound(browsing, 'mail-log-filtered-fr', [desktop, phone])
    await page.getByLabel('Personne').fill('x')
    await page.getByLabel('Personne').press('Enter')
    await page.getByText('Indiquez une adresse').waitFor()
    await page.getByLabel('Personne').fill('nobody@nowhere.example')
    await page.getByLabel('Personne').press('Enter')
    await page.getByRole('heading', { name: 'Aucun message ne correspond' }).waitFor()
    await page.getByRole('link', { name: 'Effacer les filtres' }).click()
    await page.waitForURL('**/mail')
    await eventually(async () => expect(await rows.count()).toBeGreaterThan(3))
    await expectSound(browsing, 'mail-log-fr', [desktop, phone])
  })

  test('a mail that was given up says what to do, and runs again at the press of a button', async () => {
    await pages.contoso.fault('CreateItem', { code: 'ErrorInvalidRecipients', as: 'response' })
    const number = await desk.filePurchase()
    await using browsing = await open(inFrench)
    const { page } = browsing
    await page.goto(`/mail?request=${number}`)
    await page.getByText('Abandonné', { exact: true }).last().waitFor()
    await page.getByRole('link', { name: 'E-mail d’approbation', exact: true }).click()
    await page.getByRole('alert').getByText('Corrigez l’adresse').waitFor()
    await expectSound(browsing, 'mail-dead-fr', [desktop, phone])
    await page.getByRole('button', { name: 'Relancer' }).click()
    await page.getByText('Le traitement reprend.').waitFor()
    await desk.mail(number, 'approval', elodie)
    await page.getByText('Envoyé', { exact: true }).first().waitFor()
  })

  test('a reply that is held is released by an administrator, with a reason, on the record', async () => {
    const number = await desk.filePurchase()
    const mail = await desk.mail(number, 'approval', elodie)
    // An assistant has sent it in her name.
    const written = Buffer.from(await desk.write(mail, 'Oui'))
    const onBehalf = Buffer.concat([Buffer.from(`Sender: ${nadia.name} <${nadia.address}>\r\n`), written])
    await pages.contoso.deliver(approvals, onBehalf, 'internal')
    const [held] = await desk.inbound(number, 1)
    await pages.welcome(anna, 'administrator')
    await using browsing = await pages.browseAs(anna, inFrench)
    const { page } = browsing
    await page.goto(`/mail/${held?.id}`)
    await page.getByText('Retenue\u00a0: cette réponse').waitFor()
    await expectSound(browsing, 'mail-held-fr', [desktop, phone])
    await page.getByRole('button', { name: 'Libérer' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Libérer et décider' }).click()
    await dialog.getByText('Indiquez pourquoi.').waitFor()
    await dialog.getByLabel('Raison').fill('Je l’ai appelée')
    await expectSound(browsing, 'mail-release-fr', [desktop, phone])
    await dialog.getByRole('button', { name: 'Libérer et décider' }).click()
    await page.getByText('Décision Approuver, au nom de Élodie Gagnon').waitFor()
    await page.goto(`/requests/${number}`)
    await page.getByText('Anna Novák a libéré la réponse retenue de Élodie Gagnon').waitFor()
  })

  test.each([
    {
      options: inFrench,
      language: 'fr',
      open: 'Répondre à la main',
      submit: 'Enregistrer et décider',
      refuse: 'Refuser',
      lacks: ['Choisissez ce que dit la réponse.', 'Indiquez pourquoi.'],
      reason: 'Raison',
      comment: 'Commentaire',
      entered: 'lue et saisie par Anna Novák',
      evidence: 'Exporter les preuves',
      readme: 'Preuves de la demande',
    },
    {
      options: inEnglish,
      language: 'en',
      open: 'Answer by hand',
      submit: 'Record, and decide',
      refuse: 'Refuse',
      lacks: ['Choose what the reply says.', 'Write why.'],
      reason: 'Reason',
      comment: 'Comment',
      entered: 'read and entered by Anna Novák',
      evidence: 'Export evidence',
      readme: 'Evidence of request',
    },
  ])('a reply in dialect is answered by hand beside its words, in $language', async (told) => {
    const { number, id } = await answered('Na, des is mir z’teuer.')
    await pages.welcome(anna, 'administrator')
    await using browsing = await pages.browseAs(anna, told.options)
    const { page } = browsing
    await page.goto(`/mail/${id}`)
    await page.getByRole('button', { name: told.open }).click()
    await page.getByRole('button', { name: told.submit }).click()
    for (const lack of told.lacks) await page.getByText(lack).waitFor()
    await expectSound(browsing, `mail-by-hand-lacking-${told.language}`, [phone])
    await page.getByRole('radio', { name: told.refuse }).check()
    await page.getByLabel(told.reason).fill('Tyrol: too expensive')
    await page.getByRole('button', { name: told.submit }).click()
    // The process asks for a comment with this answer.
    await page.locator('textarea[aria-invalid="true"]').waitFor()
    await page.getByLabel(told.comment).fill('Too expensive')
    await expectSound(browsing, `mail-by-hand-${told.language}`, [desktop, phone])
    await page.getByRole('button', { name: told.submit }).click()
    await page.getByText(told.entered).waitFor()
    await expectSound(browsing, `mail-by-hand-decided-${told.language}`, [desktop, phone])
    await page.goto(`/requests/${number}`)
    await page.getByText('Tyrol: too expensive').waitFor()
    await expectSound(browsing, `request-by-hand-${told.language}`, [desktop, phone])
    const mails = await Promise.all([elodie, nadia].map((to) => desk.mail(number, 'confirmation', to)))
    for (const mail of mails) expect(mail.text).toContain('Anna Novák')

    const button = page.getByRole('link', { name: told.evidence })
    for (const place of [`/requests/${number}`, `/mail/${id}`, `/audit/entries/${number}-1`]) {
      await page.goto(place)
      const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
      const files = await readZip(await readFile(await download.path()))
      expect(files.get('README.txt')?.toString()).toContain(`${told.readme} ${number}`)
      expect(verifyEvidence(files, null)).toMatchObject({ problems: [], isKnownKey: false })
    }
    await page.goto(`/audit?request=${number}`)
    await button.waitFor()
    await expectSound(browsing, `audit-evidence-${told.language}`, [desktop, phone])
    await using member = await pages.browseAs(nadia, told.options)
    await member.page.goto(`/requests/${number}`)
    await member.page.getByText('Tyrol: too expensive').waitFor()
    expect(await member.page.getByRole('link', { name: told.evidence }).count()).toBe(0)
  })

  test('a test message, typed or dropped, is read without touching anything', async () => {
    const number = await desk.filePurchase()
    const mail = await desk.mail(number, 'approval', elodie)
    await using browsing = await open(inFrench)
    const { page } = browsing
    await page.goto('/mail')
    await page.getByRole('link', { name: 'Essayer un message' }).click()
    await page.getByRole('button', { name: 'Lire', exact: true }).click()
    await page.getByText('Choisissez un fichier ou écrivez quelque chose.').waitFor()
    await page.getByLabel('Ou ce que quelqu’un écrirait').fill('Oui, si le prix baisse')
    await page.getByLabel('Processus').selectOption('Achat')
    await page.getByRole('button', { name: 'Lire', exact: true }).click()
    await page.getByRole('region', { name: 'Ce qui a été lu' }).getByText('une condition').first().waitFor()
    await page.getByText('Rien n’a eu lieu').waitFor()
    await expectSound(browsing, 'mail-try-fr', [desktop, phone])

    const buffer = Buffer.from(await desk.write(mail, 'Non\n\nTrop cher.'))
    const file = { name: 'reply.eml', mimeType: 'message/rfc822', buffer }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByLabel('En réponse à la demande').fill('999999')
    await page.getByRole('button', { name: 'Lire', exact: true }).click()
    await page.getByRole('alert').getByText('999999').waitFor()
    await page.getByLabel('En réponse à la demande').fill(`#${number}`)
    await page.getByRole('button', { name: 'Lire', exact: true }).click()
    const words = page.getByRole('region', { name: 'Ses mots, tels que nous les lisons' })
    await words.locator('mark', { hasText: 'Non' }).waitFor()
    await words.getByText('citation').first().waitFor()
    await page.getByText('Non vérifié', { exact: true }).waitFor()
    const request = await desk.request(number)
    expect(request.actions.map(({ status }) => status)).toEqual(['open'])
    expect(await desk.inbound(number, 0)).toEqual([])
  })

  test('says what went wrong for whoever may not see it, and for an address that leads nowhere', async () => {
    const { token } = await desk.api.post<{ token: string }>('/api/tokens', {
      name: 'browser',
      scopes: ['requests:read'],
      person: elodie.address,
    })
    await using forbidden = await browse(pages.server.url, { token, ...inFrench })
    await forbidden.page.goto('/mail')
    await forbidden.page.getByRole('alert').waitFor()
    await expectSound(forbidden, 'mail-forbidden-fr', [desktop, phone])
    await using lost = await open(inEnglish)
    await lost.page.goto('/mail/01890000-0000-7000-8000-000000000000')
    await lost.page.getByRole('alert').getByText('Message').first().waitFor()
  })
})
