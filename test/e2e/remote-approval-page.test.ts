/**
 * The guide's page in a browser: a newcomer comes to an empty installation, goes through the setup guide, enters what the
 * WorkflowGen guide says, is told what is wrong with it, mends it by what the page says, and has a first approval decided.
 */
import { rm } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { buildWeb } from '../../scripts/build-web.ts'
import { browse, chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { certificateFile, certificatePassword } from '../support/certificates.ts'
import { type Contoso, elodie, startContoso } from '../support/contoso.ts'
import { newDataDirectory } from '../support/data-directory.ts'
import { deskOf, importSamples } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
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
    begin: 'Begin with the setup guide',
    steps: 'Steps of the guide',
    tenant: 'Directory (tenant) ID',
    objectId: 'Object ID of the enterprise application',
    next: 'Next',
    enter: 'Enter them in a new mailbox',
    commands: 'Commands for Exchange Online PowerShell',
    mailbox: 'Mailbox',
    guideAt: (step: number) => `Open the guide at step ${step}`,
    stepIs: (step: number) => new RegExp(`^Step ${step}: `),
    noConsent: /does not hold the permission full_access_as_app/,
    blocked: /Exchange Web Services are switched off for this tenant/,
    replaced: 'Client secret replaced',
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
    ready: 'This mailbox can be moved',
    moveNow: 'Move it now',
    byMail: /by e-mail/i,
    taken: 'Another mailbox has this name.',
    provesBy: 'Proves itself by',
    certificate: 'Certificate with private key (PEM)',
    certificateMissing: 'Paste the certificate with its private key, or choose its file.',
    filePassword: 'Password of the key or file',
    wrongPassword: /with this password/,
    thumbprint: /Stored: O=Contoso, CN=Countersign \(app\), thumbprint [0-9A-F]{40}, until/,
    secretMissing: 'Paste the value of the secret: what is stored is a certificate.',
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
    begin: 'Commencer par le guide de configuration',
    steps: 'Étapes du guide',
    tenant: 'ID de l’annuaire (locataire)',
    objectId: 'ID d’objet de l’application d’entreprise',
    next: 'Suivant',
    enter: 'Les saisir dans une nouvelle boîte',
    commands: 'Commandes pour Exchange Online PowerShell',
    mailbox: 'Boîte aux lettres',
    guideAt: (step: number) => `Ouvrir le guide à l’étape ${step}`,
    stepIs: (step: number) => new RegExp(`^Étape ${step}\\s: `),
    noConsent: /ne contient pas l’autorisation full_access_as_app/,
    blocked: /EWS\) sont désactivés pour ce locataire/,
    replaced: 'Secret client remplacé',
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
    ready: 'Cette boîte peut être passée à Microsoft Graph',
    moveNow: 'Passer maintenant',
    byMail: /par e-mail/i,
    taken: 'Une autre boîte',
    provesBy: 'Preuve d’identité',
    certificate: 'Certificat avec clé privée (PEM)',
    certificateMissing: 'Collez le certificat avec sa clé privée, ou choisissez son fichier.',
    filePassword: 'Mot de passe de la clé ou du fichier',
    wrongPassword: /Ce mot de passe n’ouvre pas/,
    thumbprint: /O=Contoso, CN=Countersign \(app\), empreinte [0-9A-F]{40}, jusqu’au/,
    secretMissing: /Collez la valeur du secret/,
  },
}

/** A whole walk, on a machine that does other things as well. */
const timeout = 600_000

/** A test of the connection waits for mail. */
const PATIENCE_MS = 120_000

/** White space of French typography is matched by any other. */
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })

/** The two languages, each on an installation of its own: one begins with nothing only once. */
const readers = [
  {
    language: 'en',
    way: 'in English',
    options: { locale: 'en-GB' },
    // Microsoft's own names lead nowhere from here.
    isBehindProxy: false,
  },
  {
    language: 'fr',
    way: 'in French, on a phone, dark',
    options: { locale: 'fr-FR', viewport: phone, colorScheme: 'dark' },
    // Behind it Microsoft's own names are the simulated company's.
    isBehindProxy: true,
  },
] as const

describe.each(readers)('an administrator in a browser, $way', ({ language, options, isBehindProxy }) => {
  const text = words[language]
  let contoso: Contoso
  let dataDirectory: string
  let server: TestServer
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    await buildWeb()
    contoso = await startContoso()
    dataDirectory = await newDataDirectory('pages')
    const proxy = { HTTPS_PROXY: contoso.http, NO_PROXY: 'localhost,127.0.0.1' }
    server = await startServer(dataDirectory, isBehindProxy ? { environment: proxy } : {})
  }, timeout)
  afterAll(async () => {
    if (chromiumMissing !== null) return
    await server.kill()
    await contoso.close()
    await rm(dataDirectory, { recursive: true, force: true })
  })

  const browseHere = () => browse(server.url, { token: server.token, ...options })
  const picture = (name: string) => `remote-approval-${language}-${name}`

  /** Tests the connection again and waits for the step that fails; its way to the guide. */
  async function seeFailure(page: Page, button: string, said: RegExp, guideStep: number): Promise<Locator> {
    await page.getByRole('button', { name: button }).click()
    await page.getByText(text.failed).waitFor({ timeout: PATIENCE_MS })
    const failure = page.getByRole('listitem').filter({ hasText: said })
    const link = failure.getByRole('link', { name: text.guideAt(guideStep) })
    await link.waitFor()
    return link
  }

  test('comes from nothing to a first approval that was decided by mail', { timeout }, async ({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
    const guide = guideSchema.parse(contoso.mailboxForm())
    const tenant = guide.oauth.tokenEndpoint.split('/')[3] ?? ''
    await using browsing = await browseHere()
    const { page } = browsing

    await page.goto('/configuration/remote-approval')
    await page.getByText(text.empty).waitFor()
    await expectSound(browsing, picture('1-empty'))

    // The guide, from the application in Entra to the values for the form.
    await page.getByRole('link', { name: text.begin }).click()
    await field(page, text.type).selectOption('exchange-online-ews')
    await field(page, text.user).fill(guide.mailbox.user)
    await field(page, text.clientId).fill(guide.oauth.clientId)
    await field(page, text.tenant).fill(tenant)
    await expectSound(browsing, picture('guide-1'), [desktop, phone])
    for (const step of [2, 3, 4, 5, 6]) {
      await page.getByRole('link', { name: text.next }).click()
      await page.getByRole('heading', { level: 2, name: text.stepIs(step) }).waitFor()
      await expectSound(browsing, picture(`guide-${step}`), [step === 5 ? phone : desktop])
    }
    await page.getByRole('link', { name: text.enter }).click()

    await field(page, text.name).fill('approvals')
    expect(await field(page, text.type).inputValue()).toBe('exchange-online-ews')
    expect(await field(page, text.clientId).inputValue()).toBe(guide.oauth.clientId)
    expect(await field(page, text.tokenUri).inputValue()).toContain(tenant)
    await field(page, text.address).fill(guide.mailbox.host)
    await field(page, text.secret).fill('the-id-of-the-secret')
    await field(page, text.scope).fill(guide.oauth.scope)
    const tokenUri = 'https://login.microsoftonline.com/{directory_tenant_ID}/oauth2/v2.0/token'
    await field(page, text.tokenUri).fill(tokenUri)
    // The mailbox answers for itself unless somebody wants otherwise.
    expect(await field(page, text.replyTo).inputValue()).toBe(guide.mailbox.user)
    await page.getByText(text.more).click()
    await field(page, text.authority).fill(guide.mailbox.extraCa)
    const save = page.getByRole('button', { name: text.save, exact: true })
    await save.click()
    await page.getByText(text.placeholder).waitFor()
    await page.getByText(text.seeFields).waitFor()
    expect(await field(page, text.tokenUri).and(page.locator(':focus')).count()).toBe(1)
    await expectSound(browsing, picture('2-placeholder'))

    await field(page, text.tokenUri).fill(guide.oauth.tokenEndpoint)
    await save.click()
    await page.getByText(text.ewsEnd).waitFor()
    expect(new URL(page.url()).pathname).toBe('/configuration/remote-approval/approvals')
    // The glued end is taken off, and the secret does not come back.
    expect(await field(page, text.scope).inputValue()).toBe('https://outlook.office365.com/.default')
    expect(await field(page, text.secret).inputValue()).toBe('')

    // A wrong secret: the page says so, and the guide opens where it is made.
    const toSecrets = await seeFailure(page, text.test, text.wrongSecret, 4)
    await expectSound(browsing, picture('3-wrong-secret'))
    await toSecrets.click()
    await page.getByRole('heading', { level: 2, name: text.stepIs(4) }).waitFor()
    expect(await field(page, text.mailbox).inputValue()).toBe('approvals')
    await page.goBack()
    await field(page, text.secret).fill(guide.oauth.clientSecret)
    await page.getByText(text.saveFirst).waitFor()
    await save.click()
    await page.getByText(text.saved, { exact: true }).waitFor()
    await page.getByText(text.replaced).waitFor()

    // Nobody has consented to the permission.
    await contoso.changeTenant({ apps: [{ id: guide.oauth.clientId, roles: [] }] })
    await seeFailure(page, text.test, text.noConsent, 2)
    await expectSound(browsing, picture('4-no-consent'))
    const consented = ['full_access_as_app', 'Mail.ReadWrite', 'Mail.Send']
    await contoso.changeTenant({ apps: [{ id: guide.oauth.clientId, roles: consented }], ewsEnabled: false })

    // And the organisation blocks Exchange Web Services.
    const toPermissions = await seeFailure(page, text.again, text.blocked, 2)
    await toPermissions.click()
    await page.getByText('EwsEnabled').waitFor()
    await contoso.changeTenant({ ewsEnabled: true, allowedAppIds: [guide.oauth.clientId] })

    // The rest of the guide, to its green end.
    const steps = page.getByRole('navigation', { name: text.steps })
    await steps.getByRole('link').nth(6).click()
    await field(page, text.objectId).fill('cccccccc-0000-1111-2222-dddddddddddd')
    await field(page, text.objectId).blur()
    const commands = page.getByRole('region', { name: text.commands })
    await commands.getByText("-ObjectId 'cccccccc-0000-1111-2222-dddddddddddd'").waitFor()
    expect(await commands.textContent()).toContain(`PrimarySmtpAddress -eq ''${guide.mailbox.user}''`)
    await expectSound(browsing, picture('guide-7'), [desktop, phone])
    await page.getByRole('link', { name: text.next }).click()
    await page.getByRole('button', { name: text.test }).click()
    await page.getByText(text.well).waitFor({ timeout: PATIENCE_MS })
    await expectSound(browsing, picture('guide-8'), [desktop, phone])

    await page.goto('/configuration/remote-approval')
    await page.getByText(text.working, { exact: true }).waitFor({ timeout: PATIENCE_MS })
    await expectSound(browsing, picture('5-list'))
    await page.getByRole('link', { name: guide.mailbox.user }).click()
    await page.getByText(text.replaced).waitFor()
    await expectSound(browsing, picture('6-green'), [desktop, phone])

    // The first request: its approver answers the mail, and it goes on.
    const desk = deskOf(server, contoso)
    await importSamples(desk.api)
    const number = await desk.filePurchase()
    await desk.reply(await desk.mail(number, 'approval', elodie), language === 'fr' ? 'Oui' : 'Yes')
    await desk.inbound(number, 1)
    await page.goto(`/requests/${number}`)
    await page.getByText(text.byMail).first().waitFor()
  })

  test('is asked before typing is lost, and sees what a move takes', { timeout }, async ({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
    const moving = ['full_access_as_app', ...(isBehindProxy ? ['Mail.ReadWrite', 'Mail.Send'] : [])]
    const { clientId } = guideSchema.parse(contoso.mailboxForm()).oauth
    await contoso.changeTenant({ apps: [{ id: clientId, roles: moving }] })
    await httpApi(server).put('/api/mailboxes/approvals', contoso.mailboxForm())
    await using browsing = await browseHere()
    const { page } = browsing
    await page.goto('/configuration/remote-approval/approvals')
    await field(page, text.clientId).fill('another')

    await page.getByRole('main').getByRole('link', { name: text.tab }).click()
    await page.getByRole('dialog', { name: text.leave }).waitFor()
    await expectSound(browsing, picture('7-leave'))
    await page.getByRole('dialog').getByRole('button', { name: text.stay }).last().click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await field(page, text.clientId).inputValue()).toBe('another')
    await page.getByRole('button', { name: text.discard }).click()
    expect(await field(page, text.clientId).inputValue()).not.toBe('another')

    await page.getByRole('button', { name: text.plan }).click()
    if (isBehindProxy) {
      await page.getByText(text.ready).waitFor({ timeout: PATIENCE_MS })
      await expectSound(browsing, picture('8-ready'))
      await page.getByRole('button', { name: text.moveNow }).click()
      await page.getByText(text.ewsEnd).waitFor({ state: 'detached' })
      // The form shows the new settings once the page has asked for them again.
      await eventually(async () =>
        expect(await field(page, text.type).inputValue()).toBe('exchange-online-graph'),
      )
      expect(await field(page, text.address).inputValue()).toBe('graph.microsoft.com')
    } else {
      // Graph's own host is nowhere in the simulated company: the plan says so, and changes nothing.
      await page.getByText(text.notReady).waitFor({ timeout: PATIENCE_MS })
      await expectSound(browsing, picture('8-plan'))
      await page.getByRole('dialog').getByRole('button', { name: text.close }).last().click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await page.getByRole('main').getByRole('link', { name: text.tab }).click()
    await page.getByRole('heading', { level: 1, name: text.tab }).waitFor()
  })

  test('gives a certificate in place of a secret, which never comes back', { timeout }, async ({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
    await httpApi(server).put('/api/mailboxes/approvals', contoso.mailboxForm())
    await using browsing = await browseHere()
    const { page } = browsing
    await page.goto('/configuration/remote-approval/approvals')
    await field(page, text.provesBy).selectOption('certificate')
    const save = page.getByRole('button', { name: text.save, exact: true })
    await save.click()
    await page.getByText(text.certificateMissing).waitFor()

    const buffer = Buffer.from(certificateFile('app.modern.pfx', 'base64'), 'base64')
    const file = { name: 'countersign.pfx', mimeType: 'application/x-pkcs12', buffer }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('countersign.pfx', { exact: false }).waitFor()
    await field(page, text.filePassword).fill('wrong')
    await save.click()
    await page.getByText(text.wrongPassword).waitFor()
    await expectSound(browsing, picture('9-wrong-password'))
    await field(page, text.filePassword).fill(certificatePassword)
    await save.click()
    await page.getByText(text.saved, { exact: true }).waitFor()
    await page.getByText(text.thumbprint).first().waitFor()
    expect(await field(page, text.filePassword).inputValue()).toBe('')
    expect(await field(page, text.certificate).inputValue()).toBe('')
    await expectSound(browsing, picture('10-certificate'), [desktop, phone])

    // Back to a secret: what is stored does not do for it.
    await field(page, text.provesBy).selectOption('client-secret')
    await save.click()
    await page.getByText(text.secretMissing).waitFor()
  })

  test('makes no second mailbox of a name, and who is not signed in sees nothing', { timeout }, async ({
    skip,
  }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
    await httpApi(server).put('/api/mailboxes/approvals', contoso.mailboxForm())
    await using browsing = await browseHere()
    const { page } = browsing
    await page.goto('/configuration/remote-approval/+new')
    await field(page, text.name).fill('approvals')
    await field(page, text.user).fill('other@contoso.example')
    await field(page, text.clientId).fill('any')
    await field(page, text.secret).fill('any')
    await field(page, text.tokenUri).fill(
      'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token',
    )
    await page.getByRole('button', { name: text.save, exact: true }).click()
    await page.getByText(text.taken).waitFor()
    await field(page, text.name).and(page.locator(':focus')).waitFor()

    await using stranger = await browse(server.url, options)
    for (const path of ['/configuration/remote-approval', '/configuration/setup-guide']) {
      await stranger.page.goto(path)
      await stranger.page.waitForURL(/\/sign-in/)
      expect(await stranger.page.getByText(text.add).count()).toBe(0)
    }
  })
})
