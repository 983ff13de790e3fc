import type { BrowserContext, Page } from 'playwright-core'
import { launchChromium } from '../../simulator/test/support/launch-chromium.ts'

/** What a browser has loaded, when, and what it showed meanwhile; times in milliseconds since it was told the address. */
export interface Look {
  firstPaint: number
  largestPaint: number
  /** When the page first did what was asked of it. */
  usable: number
  /** JavaScript that had come by then, as it was sent; and how many files. */
  scriptBytes: number
  scripts: number
  timeline: { name: string; from: number; to: number; bytes: number }[]
}

/** A network and a processor that are slower than ours. */
export interface Slowness {
  latencyMs: number
  bytesPerSecond: number
  processor: number
}

interface Resource {
  name: string
  startTime: number
  responseEnd: number
  encodedBodySize: number
}

const GIVEN_UP_MS = 120_000

/**
 * Opens a page in a browser that has never seen it. `isUsable` is an expression that is looked at before each frame: true
 * once the page has done what it asks of it.
 */
export async function lookCold(
  url: string,
  { isUsable, cookies, slowness }: { isUsable: string; cookies: Cookies; slowness: Slowness | null },
): Promise<Look> {
  await using browser = await launchChromium({ locale: 'en-GB', viewport: { width: 390, height: 844 } })
  if (cookies.length > 0) await browser.context.addCookies(cookies)
  const page = await browser.context.newPage()
  if (slowness !== null) await slowDown(page, slowness)
  await page.addInitScript(`{
    const look = () => {
      if (${isUsable}) globalThis.usableAt = performance.now()
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    new PerformanceObserver((list) => {
      globalThis.largestAt = list.getEntries().at(-1).startTime
    }).observe({ type: 'largest-contentful-paint', buffered: true })
  }`)
  await page.goto(url, { timeout: GIVEN_UP_MS })
  const usable = await page.evaluate<number>(
    `new Promise((resolve) => {
      const look = () => (globalThis.usableAt ? resolve(usableAt) : setTimeout(look, 20))
      look()
    })`,
  )
  const firstPaint = await page.evaluate<number>(
    `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN`,
  )
  const largestPaint = await page.evaluate<number>('globalThis.largestAt ?? NaN')
  const resources = await page.evaluate<Resource[]>(
    `performance.getEntriesByType('resource').map((entry) => entry.toJSON())`,
  )
  const came = resources.filter(({ responseEnd }) => responseEnd <= usable)
  const scripts = came.filter(({ name }) => name.endsWith('.js'))
  return {
    firstPaint,
    largestPaint,
    usable,
    scriptBytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    scripts: scripts.length,
    timeline: came.map(({ name, startTime, responseEnd, encodedBodySize }) => ({
      name: new URL(name).pathname,
      from: startTime,
      to: responseEnd,
      bytes: encodedBodySize,
    })),
  }
}

export type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>

async function slowDown(page: Page, { latencyMs, bytesPerSecond, processor }: Slowness): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMs,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: processor })
}
