import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { translator } from './translate.ts'

const folder = join(import.meta.dirname, 'locales')
const namespaces = readdirSync(join(folder, 'en'))

/** Path → text. Plural forms differ between languages, so their suffix is no part of the path. */
function texts(locale: string, namespace: string): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (node: unknown, path: string[]) => {
    if (typeof node === 'string')
      found.set(path.join('.').replace(/_(zero|one|two|few|many|other)$/, ''), node)
    else for (const [key, value] of Object.entries(node as object)) walk(value, [...path, key])
  }
  walk(JSON.parse(readFileSync(join(folder, locale, namespace), 'utf8')), [])
  return found
}

/** The values that a text takes, and the texts nested in it. */
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{.*?\}\}|\$t\(.*?\)/g)].map((match) => match[0]).sort()

test('both languages have the same namespaces', () => {
  expect(namespaces).not.toHaveLength(0)
  expect(readdirSync(join(folder, 'fr'))).toEqual(namespaces)
})

describe.each(namespaces)('%s', (namespace) => {
  const english = texts('en', namespace)
  const french = texts('fr', namespace)

  test('has the same keys in both languages', () => {
    expect([...french.keys()].sort()).toEqual([...english.keys()].sort())
  })

  test('has the same placeholders in both languages', () => {
    for (const [key, text] of english)
      expect(placeholders(french.get(key) ?? ''), key).toEqual(placeholders(text))
  })

  test('has no empty text', () => {
    for (const [key, text] of [...english, ...french]) expect(text.trim(), key).not.toBe('')
  })

  test('keeps French punctuation on the line of its word', () => {
    for (const [key, text] of french) expect(text, key).not.toMatch(/ [:;?!»]|« /)
  })

  test('has one French word for e-mail', () => {
    for (const [key, text] of french) expect(text, key).not.toMatch(/courriel/i)
  })

  test('has the apostrophe of French typography', () => {
    for (const [key, text] of french) expect(text, key).not.toMatch(/\p{L}'\p{L}/u)
  })
})

/** The names of the values that a text takes, those of texts nested in it among them. */
function valuesOf(text: string): string[] {
  const nested = [...text.matchAll(/\$t\(([\w-]+):([\w.-]+)\)/g)]
  return [
    ...[...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''),
    ...nested.flatMap(([, namespace, key]) =>
      valuesOf(texts('en', `${namespace}.json`).get(key ?? '') ?? ''),
    ),
  ]
}

test('every namespace is served', () => {
  for (const namespace of namespaces)
    for (const [key, text] of texts('en', namespace)) {
      const values = Object.fromEntries(valuesOf(text).map((name) => [name, 'x']))
      expect(translator('en')(`${namespace.replace('.json', '')}:${key}`, values), key).not.toBe('')
    }
})

test('a missing key, a branch in place of a text and a missing value throw', () => {
  const translate = translator('en')
  expect(() => translate('mails:no.such.text')).toThrow('no.such.text')
  expect(() => translate('mails:approval')).toThrow('approval')
  expect(() => translate('mails:approval.lead')).toThrow('requester')
})

test('values are inserted as they are', () => {
  const value = '$t(mails:approval.lead) {{requester}} $& <b>&amp;'
  expect(translator('en')('mails:approval.lead', { requester: value })).toContain(value)
})
