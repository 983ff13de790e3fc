import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContextOptions, chromium } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

/** Why a browser test cannot run here, or null when it can. */
export const chromiumMissing = existsSync(executablePath) ? null : `there is no Chromium at ${executablePath}`

const args = [
  '--headless',
  '--no-sandbox', // Chromium refuses its sandbox to root
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A Chromium with a profile of its own, which is deleted with it. */
export async function launchChromium(options: BrowserContextOptions) {
  const profile = await mkdtemp(join(tmpdir(), 'webmail-chromium-'))
  const context = await chromium.launchPersistentContext(profile, { executablePath, args, ...options })
  return {
    context,
    async [Symbol.asyncDispose]() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}
