import { glob, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import en from '../lib/locales/en/mail-errors.json' with { type: 'json' }
import fr from '../lib/locales/fr/mail-errors.json' with { type: 'json' }

type Texts = { [key: string]: string | Texts }

function flat(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  )
}

const english = new Map(flat(en))
const french = new Map(flat(fr))

test('both languages hold the same texts with the same values', () => {
  const shape = (texts: Map<string, string>) =>
    [...texts].map(([key, text]) => [key, [...new Set(text.match(/\{\{\w+\}\}/g))].sort()])
  expect(shape(french)).toEqual(shape(english))
})

test('the code and the catalogue name the same texts', async () => {
  const sections = [...new Set([...english.keys()].map((key) => key.split('.')[0]))].filter(
    (name) => name !== 'kind',
  )
  const quoted = new RegExp(`'((?:${sections.join('|')})\\.[a-z-]+)'`, 'g')
  const used = new Set<string>()
  for await (const file of glob([
    'src/oauth/**/*.ts',
    'src/mail/**/*.ts',
    'src/mailboxes/detach-when-moved.ts',
  ])) {
    if (file.endsWith('.test.ts')) continue
    for (const [, key] of (await readFile(file, 'utf8')).matchAll(quoted)) used.add(key ?? '')
  }
  expect([...used].sort()).toEqual([...english.keys()].filter((key) => !key.startsWith('kind.')).sort())
})

test('French has a no-break space before double punctuation', () => {
  for (const text of french.values())
    expect(text.replace(/https?:/g, '')).not.toMatch(/[^\u00a0](?:[;?!»]|:(?=\s))/)
})
