import { anyLanguage, deepLanguages, isPlain, languages } from '../languages/all-languages.ts'
import { phraseKey } from '../phrases.ts'
import type { MatchedBy } from '../reading.ts'

/** What an emoji, a keyword or a dictionary word says. */
export type Meaning = 'yes' | 'no'

const emoji = new Map<string, Meaning>([
  ['👍', 'yes'],
  ['✅', 'yes'],
  ['👎', 'no'],
  ['❌', 'no'],
])

/** A word that answers by itself, of one language or of several. */
export interface DictionaryWord {
  meaning: Meaning
  matchedBy: MatchedBy
  languages: string[]
  isPlain: boolean
}

/**
 * Dictionary words and emoji by folded word, for an approver of a language: their own wins over the others, which count
 * where they do not disagree. `fr-CA` reads like `fr`.
 */
export function dictionaryFor(locale: string): ReadonlyMap<string, DictionaryWord> {
  const language = locale.split(/[-_]/)[0] ?? ''
  const known = languages.some((one) => one.locale === language) ? language : ''
  const dictionary = dictionaries.get(known) ?? makeDictionary(known)
  dictionaries.set(known, dictionary)
  return dictionary
}

/** Made when somebody of the language is first asked; `''` for one that we have no dictionary of. */
const dictionaries = new Map<string, ReadonlyMap<string, DictionaryWord>>()

function makeDictionary(locale: string): ReadonlyMap<string, DictionaryWord> {
  const dictionary = new Map<string, DictionaryWord>()
  const disputed = new Set<string>()
  // A deep language after the plain ones, for a word that both have.
  for (const language of languages.toReversed()) {
    if (language.locale === locale) continue
    for (const [key, meaning] of meaningsIn(language)) {
      const earlier = dictionary.get(key)
      if (earlier !== undefined && earlier.meaning !== meaning) disputed.add(key)
      // A doubt of another language answers only where nothing else stands: `Sí`, but not `si` before a condition.
      const isAlone = isPlain(language) || (meaning === 'yes' && isDoubt(key))
      const locales = [...new Set([...(earlier?.languages ?? []), language.locale])]
      dictionary.set(key, { meaning, matchedBy: 'other-language', languages: locales, isPlain: isAlone })
    }
  }
  const own = ownDoubts(locale)
  for (const [key, { meaning }] of dictionary) {
    if (disputed.has(key) || own.has(key) || (meaning === 'yes' && isCourtesy(key))) dictionary.delete(key)
  }
  for (const language of languages.filter((language) => language.locale === locale)) {
    for (const [key, meaning] of meaningsIn(language)) {
      dictionary.set(key, { meaning, matchedBy: 'language', languages: [locale], isPlain: isPlain(language) })
    }
  }
  for (const [key, meaning] of emoji) {
    dictionary.set(key, { meaning, matchedBy: 'emoji', languages: [], isPlain: false })
  }
  return dictionary
}

/**
 * What is a doubt in the approver's own language, says that something is done, or is one of its most frequent words, is no answer of
 * another one: French `si` is *if*, whatever Spanish says, and Portuguese `já` is *already*.
 */
function ownDoubts(locale: string): Set<string> {
  const own = deepLanguages.filter((language) => language.locale === locale)
  const doubts = own.flatMap(
    ({ negations, conditions, localDoubts, hedges, questions, perfects, functionWords }) => [
      ...negations,
      ...conditions,
      ...localDoubts,
      ...hedges,
      ...questions,
      ...perfects,
      ...functionWords,
    ],
  )
  return new Set(doubts.map(phraseKey))
}

/** Polish `tak` is Danish for *thanks*. */
function isCourtesy(key: string): boolean {
  const { greetings, thanks, pleases, closings } = anyLanguage
  return [greetings, thanks, pleases, closings].some(({ entries }) => entries.has(key))
}

/** Whether a word is one of doubt in any language. */
export function isDoubt(key: string): boolean {
  const { negations, conditions, hedges, questions } = anyLanguage
  return [negations, conditions, hedges, questions].some(({ entries }) => entries.has(key))
}

function meaningsIn({ yes, no }: { yes: string[]; no: string[] }): [string, Meaning][] {
  return [
    ...yes.map((phrase): [string, Meaning] => [phraseKey(phrase), 'yes']),
    ...no.map((phrase): [string, Meaning] => [phraseKey(phrase), 'no']),
  ]
}
