import { writeFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'

/** A long page is cut here. */
const MAX_HEIGHT = 1_400
const QUALITY = 55

/** What a page shows while it waits for the server. */
const waiting = '[aria-busy="true"], .mantine-Loader-root, .mantine-Skeleton-root'

/** Waits until a page of ours has said all that it has to say, and nothing moves. */
export async function settle(page: Page): Promise<void> {
  await page.locator('h1, [role=article]').first().waitFor()
  await page.locator(waiting).first().waitFor({ state: 'detached' })
  // Ended, not waited for: without a frame to draw, a transition of a browser that nobody sees does not end by itself.
  await page.evaluate(`document.fonts.ready.then(() => {
    document.activeElement?.blur()
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime < Infinity) animation.finish()
    }
  })`)
}

/** Writes the page as a WebP file, as wide as its window and as high as what it holds. */
export async function takePicture(page: Page, file: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 }
  const whole = await page.evaluate<number>('document.documentElement.scrollHeight')
  await page.setViewportSize({ width, height: Math.min(Math.max(whole, height), MAX_HEIGHT) })
  await settle(page)
  const devtools = await page.context().newCDPSession(page)
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY })
  await writeFile(file, Buffer.from(data, 'base64'))
}
