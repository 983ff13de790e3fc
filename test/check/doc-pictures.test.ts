/** Pictures in the documents: each is there, each says in words what it shows, and all of them stay small. */
import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const documents = ['README.md', ...globSync('docs/**/*.md', { cwd: root })]
const pictures = documents.flatMap((document) =>
  [...readFileSync(join(root, document), 'utf8').matchAll(/<img [^>]*>/g)].map(([tag]) => ({
    document,
    tag,
  })),
)
/** A clone of the repository carries them all. */
const MAX_BYTES = 3_000_000

describe('pictures in the documents', () => {
  test('are some', () => {
    expect(pictures.length).toBeGreaterThan(5)
  })

  test.each(pictures)('$document: $tag', ({ document, tag }) => {
    const [, source = ''] = / src="([^"]+)"/.exec(tag) ?? []
    expect(existsSync(join(root, dirname(document), source)), source).toBe(true)
    expect(tag).toMatch(/ alt="[^"]{20,}"/)
  })

  test('are small together', () => {
    const folder = join(root, 'docs/screenshots')
    const sizes = readdirSync(folder).map((file) => statSync(join(folder, file)).size)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_BYTES)
  })
})
