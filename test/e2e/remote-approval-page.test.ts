/**
 * The guide's page in a browser: an administrator comes to an empty installation, enters what the WorkflowGen guide says, is
 * told what is wrong with it, mends it, and sees the connection work.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { buildWeb } from '../../scripts/build-web.ts'
import {
  accessibilityFaults,
  type Browsing,
  browse,
  chromiumMissing,
  keepPicture,
  phone,
} from '../support/browse.ts'
import { type Contoso, startContoso } from '../support/contoso.ts'
import { httpApi } from '../support/http-api.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const guideSchema = z.object({
  mailbox: z.object({ host: z.string(), user: z.string(), extraCa: z.string() }),
  oauth: z.object({
    clientId: z.string(),
    clientSecret: z.string(),
    scope: z.string(),
    tokenEndpoint: z.string(),
  }),
})

/** What the test looks for on the page, in its two languages. */
const words = {
  en: {
    empty: 'No mailbox yet',
    add: 'Add a mailbox',
    name: 'Name',
    type: 'Type',
    address: 'Address',
    replyTo: 'Default reply-to email address',
    user: 'Account user name',
    clientId: 'Application (client) ID',
    secret: 'Client secret',
    scope: 'Scope',
    tokenUri: 'Access token URI',
    more: 'More settings',
    authority: 'Additional certification authority (PEM)',
    save: 'Save',
    saved: 'Saved',
    placeholder: /still holds a placeholder.*Replace \{directory_tenant_ID\}/,
    seeFields: 'What to mend stands at the fields that are marked.',
    ewsEnd: 'Exchange Web Services end on 1 April 2027',
    test: 'Test the connection',
    again: 'Test again',
    failed: '1 step failed',
    wrongSecret: /AADSTS7000215/,
    step4: /step 4/,
    saveFirst: 'Save the changes first: what is stored is tested.',
    well: 'The connection works',
    working: 'Working',
    plan: 'See the plan',
    notReady: 'This mailbox cannot be moved yet',
    close: 'Close',
    tab: 'Remote Approval',
    leave: 'Leave without saving?',
    stay: 'Stay here',
    discard: 'Discard',
  },
  fr: {
    empty: 'Aucune boîte aux lettres pour l’instant',
    add: 'Ajouter une boîte aux lettres',
    name: 'Nom',
    type: 'Type',
    address: 'Adresse',
    replyTo: 'Adresse email de réponse par défaut',
    user: 'Nom d’utilisateur du compte',
    clientId: 'ID d’application (client)',
    secret: 'Secret client',
    scope: 'Portée',
    tokenUri: 'URI du jeton d’accès',
    more: 'Autres paramètres',
    authority: 'Autorité de certification supplémentaire (PEM)',
    save: 'Enregistrer',
    saved: 'Enregistré',
    placeholder: /\{directory_tenant_ID\}.*par/,
    seeFields: 'Ce qu’il faut corriger est indiqué aux champs marqués.',
    ewsEnd: 'Exchange Web Services prend fin le 1er avril 2027',
    test: 'Tester la connexion',
    again: 'Tester à nouveau',
    failed: '1 étape a échoué',
    wrongSecret: /AADSTS7000215/,
    step4: /étape 4/,
    saveFirst: 'Enregistrez d’abord les modifications : le test porte sur ce qui est enregistré.',
    well: 'La connexion fonctionne',
    working: 'En service',
    plan: 'Voir le plan',
    notReady: 'Cette boîte ne peut pas encore y être passée',
    close: 'Fermer',
    tab: 'Approbation à distance',
    leave: 'Quitter sans enregistrer ?',
    stay: 'Rester ici',
    discard: 'Annuler',
  },
}

/** A whole walk, on a machine that does other things as well. */
const timeout = 240_000

/** White space of French typography is matched by any other. */
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })

describe('an administrator in a browser', () => {
  let contoso: Contoso
  let dataDirectory: string
  let server: TestServer
  beforeEach(async ({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
    await buildWeb()
    contoso = await startContoso()
    dataDirectory = await mkdtemp(join(tmpdir(), 'countersign-pages-'))
    server = await startServer(dataDirectory)
  })
  afterEach(async () => {
    if (chromiumMissing !== null) return
    await server.kill()
    await contoso.close()
    await rm(dataDirectory, { recursive: true, force: true })
  })

  /** The page is as it should be for everybody, and a picture of it is kept. */
  async function lookAt({ page, complaints }: Browsing, picture: string): Promise<void> {
    expect(await accessibilityFaults(page), picture).toEqual([])
    expect(complaints, picture).toEqual([])
    await keepPicture(page, `remote-approval-${picture}`)
  }

  const sizes: [string, 'en' | 'fr', BrowserContextOptions][] = [
    ['in English, light', 'en', { locale: 'en-GB' }],
    ['in French, on a phone, dark', 'fr', { locale: 'fr-FR', viewport: phone, colorScheme: 'dark' }],
  ]

  test.each(sizes)(
    'comes from nothing to a green connection, %s',
    { timeout },
    async (_, language, options) => {
      const text = words[language]
      const guide = guideSchema.parse(contoso.mailboxForm())
      await using browsing = await browse(server.url, { token: server.token, ...options })
      const { page } = browsing

      await page.goto('/configuration/remote-approval')
      await page.getByText(text.empty).waitFor()
      await lookAt(browsing, `${language}-1-empty`)

      await page.getByRole('link', { name: text.add }).click()
      await field(page, text.name).fill('approvals')
      await field(page, text.type).selectOption('exchange-online-ews')
      await field(page, text.address).fill(guide.mailbox.host)
      await field(page, text.user).fill(guide.mailbox.user)
      await field(page, text.clientId).fill(guide.oauth.clientId)
      await field(page, text.secret).fill('the-id-of-the-secret')
      await field(page, text.scope).fill(guide.oauth.scope)
      const tokenUri = 'https://login.microsoftonline.com/{directory_tenant_ID}/oauth2/v2.0/token'
      await field(page, text.tokenUri).fill(tokenUri)
      // The mailbox answers for itself unless somebody wants otherwise.
      expect(await field(page, text.replyTo).inputValue()).toBe(guide.mailbox.user)
      await page.getByText(text.more).click()
      await field(page, text.authority).fill(guide.mailbox.extraCa)

      await page.getByRole('button', { name: text.save, exact: true }).click()
      await page.getByText(text.placeholder).waitFor()
      await page.getByText(text.seeFields).waitFor()
      expect(await field(page, text.tokenUri).and(page.locator(':focus')).count()).toBe(1)
      await lookAt(browsing, `${language}-2-placeholder`)

      await field(page, text.tokenUri).fill(guide.oauth.tokenEndpoint)
      await page.getByRole('button', { name: text.save, exact: true }).click()
      await page.getByText(text.ewsEnd).waitFor()
      expect(new URL(page.url()).pathname).toBe('/configuration/remote-approval/approvals')
      // The glued end is taken off, and the secret does not come back.
      expect(await field(page, text.scope).inputValue()).toBe('https://outlook.office365.com/.default')
      expect(await field(page, text.secret).inputValue()).toBe('')

      await page.getByRole('button', { name: text.test }).click()
      await page.getByText(text.failed).waitFor()
      const step = page.getByRole('listitem').filter({ hasText: text.wrongSecret })
      await step.getByText(text.step4).waitFor()
      await lookAt(browsing, `${language}-3-wrong-secret`)

      await field(page, text.secret).fill(guide.oauth.clientSecret)
      await page.getByText(text.saveFirst).waitFor()
      expect(await page.getByRole('button', { name: text.again }).isDisabled()).toBe(true)
      await page.getByRole('button', { name: text.save, exact: true }).click()
      await page.getByText(text.saved, { exact: true }).waitFor()
      await page.getByRole('button', { name: text.again }).click()
      await page.getByText(text.well).waitFor()
      await page.getByText(text.working, { exact: true }).first().waitFor()
      await lookAt(browsing, `${language}-4-green`)

      await page.goto('/configuration/remote-approval')
      await page.getByRole('link', { name: guide.mailbox.user }).waitFor()
      await lookAt(browsing, `${language}-5-list`)
    },
  )

  test.each(sizes)(
    'is asked before typing is lost, and sees the plan of a move, %s',
    { timeout },
    async (_, language, options) => {
      const text = words[language]
      await httpApi(server).put('/api/mailboxes/approvals', contoso.mailboxForm())
      await using browsing = await browse(server.url, { token: server.token, ...options })
      const { page } = browsing
      await page.goto('/configuration/remote-approval/approvals')
      await field(page, text.clientId).fill('another')

      await page.getByRole('main').getByRole('link', { name: text.tab }).click()
      await page.getByRole('dialog', { name: text.leave }).waitFor()
      await lookAt(browsing, `${language}-6-leave`)
      await page.getByRole('dialog').getByRole('button', { name: text.stay }).last().click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      expect(await field(page, text.clientId).inputValue()).toBe('another')
      await page.getByRole('button', { name: text.discard }).click()
      expect(await field(page, text.clientId).inputValue()).not.toBe('another')

      // Graph's own host is nowhere in the simulated company: the plan says so, and changes nothing.
      await page.getByRole('button', { name: text.plan }).click()
      await page.getByText(text.notReady).waitFor()
      await lookAt(browsing, `${language}-7-plan`)
      await page.getByRole('dialog').getByRole('button', { name: text.close }).last().click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.getByRole('main').getByRole('link', { name: text.tab }).click()
      await page.getByRole('heading', { level: 1, name: text.tab }).waitFor()
    },
  )

  test('moves a mailbox to Microsoft Graph when the plan says that it works', { timeout }, async () => {
    const text = words.en
    await server.kill()
    // Behind this proxy Microsoft's own names are the simulated company's.
    const environment = { HTTPS_PROXY: contoso.http, NO_PROXY: 'localhost,127.0.0.1' }
    server = await startServer(dataDirectory, { environment })
    await httpApi(server).put('/api/mailboxes/approvals', contoso.mailboxForm())
    await using browsing = await browse(server.url, { token: server.token, locale: 'en-GB' })
    const { page } = browsing
    await page.goto('/configuration/remote-approval/approvals')
    await page.getByRole('button', { name: text.plan }).click()
    await page.getByText('This mailbox can be moved').waitFor()
    await lookAt(browsing, 'en-8-ready')
    await page.getByRole('button', { name: 'Move it now' }).click()
    await page.getByText(text.ewsEnd).waitFor({ state: 'detached' })
    expect(await field(page, text.type).inputValue()).toBe('exchange-online-graph')
    expect(await field(page, text.address).inputValue()).toBe('graph.microsoft.com')
  })

  test('who is not signed in sees no settings', async () => {
    await using browsing = await browse(server.url, { locale: 'en-GB' })
    await browsing.page.goto('/configuration/remote-approval')
    await browsing.page.getByText('Sign', { exact: false }).first().waitFor()
    expect(await browsing.page.getByText('Add a mailbox').count()).toBe(0)
  })
})
