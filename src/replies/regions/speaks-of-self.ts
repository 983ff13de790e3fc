import { holdsPhrase, type Phrases, phrasesFrom } from '../phrases.ts'
import type { Word } from '../words.ts'

const firstPersons = new Map<string, Phrases<true>>(
  Object.entries({
    en: ['I', 'my'],
    fr: ['je', 'j', 'mon', 'ma', 'mes'],
    de: ['ich', 'mein', 'meine', 'meiner', 'mir'],
    es: ['yo', 'mi'],
    it: ['io', 'mio', 'mia'],
    nl: ['ik', 'mijn'],
    pt: ['eu', 'meu', 'minha'],
    pl: ['ja', 'mój', 'moja', 'moje'],
  }).map(([locale, words]) => [locale, phrasesFrom(words.map((word) => [word, true] as const))]),
)

/** Whether somebody writes of themselves, in any of these languages: no gateway and no lawyer's text does. */
export function speaksOfSelf(words: Word[], locales: string[]): boolean {
  return locales.some((locale) => {
    const person = firstPersons.get(locale)
    return person !== undefined && holdsPhrase(words, person)
  })
}
