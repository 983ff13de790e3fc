/** What a browser has to load before a first page can be used stays small: on a train, that is what one waits for. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { builtPages } from '../../src/pages/load-pages.ts'

interface Chunk {
  file: string
  isEntry?: boolean
  imports?: string[]
}

let manifest: Record<string, Chunk>
beforeAll(async () => {
  await buildWeb()
  manifest = JSON.parse(readFileSync(join(builtPages, '.vite', 'manifest.json'), 'utf8'))
}, 120_000)

/** The gzipped bytes of these sources and of all that they import before they run. */
function weightOf(sources: string[]): number {
  const files = new Set<string>()
  const follow = (key: string) => {
    const chunk = manifest[key]
    if (!chunk) throw new Error(`nothing was built of ${key}`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    chunk.imports?.forEach(follow)
  }
  sources.forEach(follow)
  return [...files].reduce((sum, file) => sum + readFileSync(join(builtPages, `${file}.gz`)).length, 0)
}

// The menus of the header come when the page can be used already.
test.each([
  ['the sign-in page', ['src/pages/sign-in/sign-in-page.tsx', 'src/locales/fr/sign-in.json']],
  [
    'the approvals of somebody',
    ['src/app/shell-layout.tsx', 'src/pages/actions/actions-page.tsx', 'src/locales/fr/actions.json'],
  ],
])('%s can be used with less than 200 KB of gzipped JavaScript', (_, sources) => {
  expect(weightOf(['index.html', 'src/locales/fr/shell.json', ...sources])).toBeLessThan(200 * 1024)
})
