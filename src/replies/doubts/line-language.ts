import { deepLanguages } from '../languages/all-languages.ts'
import { phraseKey } from '../phrases.ts'
import type { Word } from '../words.ts'

/** So many of its frequent words tell a language, when no other has half as many. */
const telling = 3

const functionWords = deepLanguages.map(({ locale, functionWords }) => ({
  locale,
  words: new Set(functionWords.map(phraseKey)),
}))

/** The language that a line is surely in; null where there is any doubt about it. */
export function lineLanguage(words: Word[]): string | null {
  const counts = functionWords.map(({ words: known }) => words.filter(({ text }) => known.has(text)).length)
  const most = Math.max(...counts)
  const isSure = most >= telling && counts.filter((count) => count * 2 > most).length === 1
  return isSure ? (functionWords[counts.indexOf(most)]?.locale ?? null) : null
}

/**
 * Whether a word of doubt of these languages is one in a line of a language: Italian `mai` is none in a French line, where
 * it names a month. English ones go into all languages (`ok pour moi, pending the budget`), unless they are frequent words
 * of this one (French `on`); and those of the languages that are known by plain words alone count everywhere, for they
 * look like their neighbours.
 */
export function isDoubtIn(line: string | null, words: Word[], languages: string[]): boolean {
  if (line === null || languages.includes(line)) return true
  if (languages.some((language) => !isDeep.has(language))) return true
  const own = functionWords.find(({ locale }) => locale === line)?.words
  return languages.includes('en') && !words.every(({ text }) => own?.has(text))
}

const isDeep: ReadonlySet<string> = new Set(functionWords.map(({ locale }) => locale))
