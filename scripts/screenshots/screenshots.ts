/**
 * `npm run screenshots`: pictures of the pages for `docs/screenshots`, from the real server and the simulator with a story
 * of its own, in English and in French. Looks at the pages in Chromium (`/usr/bin/chromium`). With names of pages
 * (`npm run screenshots -- approvals mail-log`) it takes only these.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator } from '@countersign/simulator'
import type { Page } from 'playwright-core'
import { launchChromium } from '../../simulator/test/support/launch-chromium.ts'
import { buildWeb } from '../build-web.ts'
import { apiOf } from '../demo/api.ts'
import { openAccounts } from '../demo/give-accounts.ts'
import { configureMailbox, importSamples } from '../demo/set-up.ts'
import { startServer } from '../demo/start-server.ts'
import { letReadIn } from './let-read-in.ts'
import { pages, type ShownPage, viewers } from './pages.ts'
import { settle, takePicture } from './take-picture.ts'
import { tellStory } from './tell-story.ts'

/** Times on the pictures are those of one place, wherever they are taken. */
const timeZone = 'Europe/Paris'
process.env.TZ = timeZone

const folder = 'docs/screenshots'
const desktop = { width: 1280, height: 800 }
const phone = { width: 390, height: 844 }

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !pages.some((page) => page.name === name))
if (unknown.length > 0) throw new Error(`no such page: ${unknown.join(', ')}`)
const shown = pages.filter(({ name }) => wanted.length === 0 || wanted.includes(name))

await buildWeb()
await mkdir(folder, { recursive: true })
for (const locale of ['en', 'fr'] as const) await takeAll(locale)

async function takeAll(locale: 'en' | 'fr'): Promise<void> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'countersign-screenshots-'))
  const simulator = await startSimulator()
  const server = await startServer(dataDirectory)
  try {
    const api = apiOf(server, locale)
    await configureMailbox(api, simulator, 'exchange-online-ews')
    await importSamples(api)
    await letReadIn(api, locale)
    const { password } = await openAccounts(api)
    const story = await tellStory(api, simulator, locale)
    for (const viewer of new Set(shown.map(({ as }) => as))) {
      await using browser = await launchChromium({
        locale: locale === 'en' ? 'en-GB' : 'fr-FR',
        timezoneId: timeZone,
        reducedMotion: 'reduce',
      })
      const page = await browser.context.newPage()
      if (viewer) await signIn(page, server.url, { address: viewers[viewer], password })
      for (const one of shown.filter(({ as }) => as === viewer)) {
        const place = typeof one.path === 'string' ? one.path : one.path(story)
        await takeOne(page, one, `${one.inWebmail ? simulator.http : server.url}${place}`, locale)
      }
    }
  } finally {
    await server.stop()
    await simulator.close()
    await rm(dataDirectory, { recursive: true, force: true })
  }
}

async function takeOne(
  page: Page,
  { name, onPhone, inDark }: ShownPage,
  url: string,
  locale: 'en' | 'fr',
): Promise<void> {
  const take = async (suffix: string, viewport: typeof desktop, colorScheme: 'light' | 'dark') => {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    await page.goto(url)
    await settle(page)
    await takePicture(page, join(folder, `${name}.${locale}${suffix}.webp`))
  }
  await take('', desktop, 'light')
  if (onPhone) await take('.phone', phone, 'light')
  if (inDark && locale === 'en') await take('.dark', desktop, 'dark')
}

async function signIn(page: Page, url: string, data: { address: string; password: string }): Promise<void> {
  const answer = await page.context().request.post(`${url}/api/session`, { data })
  if (!answer.ok()) throw new Error(`${data.address} could not sign in: ${await answer.text()}`)
}
