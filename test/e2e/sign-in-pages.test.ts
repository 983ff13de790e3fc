/** Signing in with a browser: from the link on the command line to a page of one's own, and out again. */
import { rm } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { browse, chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { password } from '../support/browser-session.ts'
import { newDataDirectory } from '../support/data-directory.ts'
import { type HttpApi, httpApi } from '../support/http-api.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const inFrench = { locale: 'fr-FR', viewport: phone }
const inEnglish = { locale: 'en-GB', viewport: desktop }
const both = [desktop, phone]

describe('signing in', () => {
  let dataDirectory = ''
  let server: TestServer
  let api: HttpApi
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    await buildWeb()
    dataDirectory = await newDataDirectory('sign-in')
    server = await startServer(dataDirectory)
    api = httpApi(server)
  }, 120_000)
  afterAll(async () => {
    if (chromiumMissing !== null) return
    await server?.kill()
    if (dataDirectory !== '') await rm(dataDirectory, { recursive: true, force: true })
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  /** A link as `countersign person invite` prints it, for somebody new. */
  async function invite(name: string, more: object = {}): Promise<{ url: string; address: string }> {
    const address = `${name.toLowerCase()}@contoso.example`
    const { url } = await api.post<{ url: string }>('/api/people/invite', { address, name, ...more })
    return { url, address }
  }

  async function choosePassword(page: Page, url: string): Promise<void> {
    await page.goto(url)
    await page.getByRole('textbox').fill(password)
    await page.locator('button[type=submit]').click()
    await page.waitForURL(/\/(actions|dashboard)$/)
  }

  const pressed = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

  test('in French on a phone: the link, a short password, a good one, and in', async () => {
    const { url } = await invite('Amélie', { locale: 'fr', administrator: true })
    await using browsing = await browse(server.url, inFrench)
    const { page } = browsing
    await page.goto(url)
    await page.getByRole('heading', { name: 'Bienvenue, Amélie' }).waitFor()
    expect(await page.title()).toBe('Bienvenue, Amélie · Countersign')
    await expectSound(browsing, 'welcome-fr', both)
    await page.getByLabel('Mot de passe', { exact: true }).fill('trop court')
    await pressed(page, 'Enregistrer et se connecter')
    await page.getByText('Utilisez au moins 12 caractères.').waitFor()
    await page.getByLabel('Mot de passe', { exact: true }).fill(password)
    await pressed(page, 'Enregistrer et se connecter')
    await page.waitForURL('**/dashboard')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await pressed(page, 'Compte de Amélie')
    await page.getByText('Administrateur').waitFor()
    await expectSound(browsing, 'account-fr')

    // The link has been used up.
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    await page.waitForURL('**/sign-in')
    await page.goto(url)
    await page.getByText('Ce lien ne fonctionne plus').waitFor()
    await expectSound(browsing, 'welcome-used-fr')
  })

  test('whoever is not signed in is led to sign in, and back to where they wanted to go', async () => {
    const { url, address } = await invite('Martin', { administrator: true })
    await using first = await browse(server.url, inEnglish)
    await first.page.goto(url)
    await first.page.getByRole('heading', { name: 'Welcome, Martin' }).waitFor()
    await expectSound(first, 'welcome-en', both)
    await choosePassword(first.page, url)

    await using browsing = await browse(server.url, inEnglish)
    const { page } = browsing
    await page.goto('/configuration/remote-approval')
    await page.waitForURL('**/sign-in?to=*')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await expectSound(browsing, 'sign-in-en', both)

    await pressed(page, 'Sign in')
    await page.getByText('Enter your e-mail address.').waitFor()
    await page.getByLabel('E-mail address').fill(address)
    await page.getByLabel('Password', { exact: true }).fill('a wrong password')
    await pressed(page, 'Sign in')
    await page.getByText('Sign-in was refused').waitFor()
    await expectSound(browsing, 'sign-in-refused-en')

    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/configuration/remote-approval')
    await page.getByRole('heading', { level: 1 }).waitFor()
    // A page that is for the signed in alone leads on at once.
    await page.goto('/sign-in?to=/requests')
    await page.waitForURL('**/requests')
  })

  test('the way back leads to no other site', async () => {
    const { url } = await invite('Lena')
    await using browsing = await browse(server.url, inEnglish)
    const { page } = browsing
    await choosePassword(page, url)
    for (const to of [
      'https://evil.example/',
      '//evil.example/',
      '/\\\\evil.example/',
      'javascript:alert(1)',
    ]) {
      await page.goto(`/sign-in?to=${encodeURIComponent(to)}`)
      await page.waitForURL((now) => !now.pathname.startsWith('/sign-in'))
      expect(new URL(page.url()).origin).toBe(server.url)
    }
  })

  test('too many failures have to be waited for, and the page says how long', async () => {
    await using browsing = await browse(server.url, inFrench)
    const { page } = browsing
    await page.goto('/sign-in')
    await page.getByLabel('Adresse e-mail').fill('inconnue@contoso.example')
    const told = page.getByText('Trop de tentatives', { exact: true })
    await page.getByLabel('Mot de passe', { exact: true }).fill('au hasard')
    // Each wait is twice the one before, so that one of them outlasts any machine.
    for (let attempt = 1; attempt <= 14 && !(await told.isVisible()); attempt += 1) {
      const answered = page.waitForResponse('**/api/session')
      await pressed(page, 'Se connecter')
      await answered
      await page.getByRole('alert').waitFor()
    }
    await told.waitFor()
    await expectSound(browsing, 'sign-in-waits-fr')
  })

  test('a person sees where they are signed in, ends the other one, and signs out', async () => {
    const { url, address } = await invite('Nora')
    await using phoneOfHers = await browse(server.url, inFrench)
    await choosePassword(phoneOfHers.page, url)
    await phoneOfHers.page.goto('/sessions')
    await phoneOfHers.page.getByText('Ce navigateur').waitFor()
    await expectSound(phoneOfHers, 'sessions-fr', both)

    await using browsing = await browse(server.url, inEnglish)
    const { page } = browsing
    await page.goto('/sessions')
    await page.getByLabel('E-mail address').fill(address)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await pressed(page, 'Sign in')
    await page.waitForURL('**/sessions')
    await page.getByText('This browser').waitFor()
    // Who administers nothing is not shown the way there.
    expect(await page.getByRole('link', { name: 'Remote Approval' }).count()).toBe(0)
    await expectSound(browsing, 'sessions-en', both)
    await page.getByRole('button', { name: /^End the session in Chrome/ }).click()
    await page.getByRole('button', { name: /^End the session in Chrome/ }).waitFor({ state: 'detached' })
    await phoneOfHers.page.goto('/actions')
    await phoneOfHers.page.waitForURL('**/sign-in?to=*')

    await pressed(page, 'Account of Nora')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/sign-in')
    await page.goto('/actions')
    await page.waitForURL('**/sign-in?to=*')
  })
})
