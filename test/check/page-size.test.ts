/** What a browser has to load before the first page can be used stays small: on a train, that is what one waits for. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { builtPages } from '../../src/pages/load-pages.ts'

interface Chunk {
  file: string
  isEntry?: boolean
  imports?: string[]
}

test('the entry of the pages has less than 200 KB of gzipped JavaScript', async () => {
  await buildWeb()
  const manifest: Record<string, Chunk> = JSON.parse(
    readFileSync(join(builtPages, '.vite', 'manifest.json'), 'utf8'),
  )
  const seen = new Set<string>()
  const follow = (key: string) => {
    const chunk = manifest[key]
    if (!chunk || seen.has(chunk.file)) return
    seen.add(chunk.file)
    chunk.imports?.forEach(follow)
  }
  for (const [key, { isEntry }] of Object.entries(manifest)) if (isEntry) follow(key)
  const sizes = [...seen].map((file) => readFileSync(join(builtPages, `${file}.gz`)).length)
  expect(sizes.length).toBeGreaterThan(0)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(200 * 1024)
})
