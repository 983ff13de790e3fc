import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import en from '../../lib/locales/en/doctor.json' with { type: 'json' }
import { order } from './order.ts'

type Texts = { [key: string]: string | Texts }

function flat(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  )
}
const english = new Map(flat(en))

test('each step has its title and stands in the documentation, in order', async () => {
  expect(Object.keys(en.check).sort()).toEqual([...order].sort())
  const page = await readFile(new URL('../../../docs/doctor.md', import.meta.url), 'utf8')
  const listed = page.split('\n').flatMap((line) => /^\| `([a-z-]+)` \|/.exec(line)?.[1] ?? [])
  expect(listed).toEqual([...order])
})

/** What takes longer than a test, or cannot be brought about there. */
const notShown = [
  'clock.unknown',
  'round-trip.slow',
  'round-trip.still-reading',
  'round-trip.not-cleared',
  'plus-address.too-long',
  'credential.certificate-soon',
  'credential.certificate-expired',
]

test('every advice is shown in the golden file', async () => {
  const golden = JSON.stringify(
    JSON.parse(await readFile(new URL('../../../test/fixtures/doctor.json', import.meta.url), 'utf8')),
  )
  const beginning = (text: string) => JSON.stringify(text.split(/\{\{|\$t\(|\n/)[0]).slice(1, -1)
  const advice = [...english].filter(([key]) => !/^(check|skipped|scoping|mail)\./.test(key))
  const missing = advice.filter(([, text]) => !golden.includes(beginning(text)))
  expect(missing.map(([key]) => key)).toEqual(notShown)
})
