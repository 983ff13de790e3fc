import { deepLanguages } from '../languages/all-languages.ts'
import { phraseKey } from '../phrases.ts'
import type { Word } from '../words.ts'

/** So many of its frequent words tell a language, when no other has half as many. */
const telling = 3

/** The languages of each frequent word, as their places in `deepLocales`. */
const languagesOf = new Map<string, number[]>()
for (const [index, { functionWords }] of deepLanguages.entries()) {
  for (const key of new Set(functionWords.map(phraseKey)))
    languagesOf.set(key, [...(languagesOf.get(key) ?? []), index])
}

/** Whether a word is one of the most frequent ones of any deep language, as articles, prepositions and copulas are. */
export function isFrequent({ text }: Word): boolean {
  return languagesOf.has(text)
}

const deepLocales = deepLanguages.map(({ locale }) => locale)

/** What is known of the language of a line. */
export interface LineLanguage {
  /** How many frequent words of a deep language it holds. */
  countOf(locale: string): number
  /** The language that it is surely in; null where there is any doubt about it. */
  sure(): string | null
  /** The language of the answer in it: of several that know it, the one whose frequent words it holds most of. */
  spoken(): string | null
}

/**
 * Counted when it is first asked for: most lines hold no word of doubt.
 *
 * @param spoken The languages that the answer belongs to.
 */
export function lineLanguage(words: Word[], spoken: string[]): LineLanguage {
  let counted: number[] | null = null
  const counts = () => (counted ??= countFrequent(words))
  return {
    countOf: (locale) => counts()[deepLocales.indexOf(locale)] ?? 0,
    sure() {
      const most = Math.max(...counts())
      const isSure = most >= telling && counts().filter((count) => count * 2 > most).length === 1
      return isSure ? (deepLocales[counts().indexOf(most)] ?? null) : null
    },
    spoken() {
      const deep = spoken.filter((locale) => deepLocales.includes(locale))
      if (deep.length < 2) return deep[0] ?? null
      const countOf = (locale: string) => counts()[deepLocales.indexOf(locale)] ?? 0
      const most = Math.max(...deep.map(countOf))
      const [own, ...others] = deep.filter((locale) => countOf(locale) === most)
      return own !== undefined && others.length === 0 ? own : null
    },
  }
}

function countFrequent(words: Word[]): number[] {
  const counts = deepLocales.map(() => 0)
  for (const { text } of words)
    for (const index of languagesOf.get(text) ?? []) counts[index] = (counts[index] ?? 0) + 1
  return counts
}

/**
 * Whether a word of doubt of these languages is one in a line: Italian `mai` is none in French, where it names a month. A
 * word that the line's own language has not counts in any; one that it has counts where the line is not surely in it and
 * holds more frequent words of the other. English goes into all languages (`ok pour moi, pending the budget`), so
 * its words count unless they are frequent ones there (French `on`), and so do those of the languages that are known by
 * plain words alone, for these look like their neighbours.
 */
export function isDoubtIn(line: LineLanguage | null, words: Word[], languages: string[]): boolean {
  const own = line?.sure() ?? line?.spoken() ?? null
  if (line === null || own === null || languages.includes(own)) return true
  const lists = known.get(own)
  const areIn = (list: ReadonlySet<string> | undefined) => words.every(({ text }) => list?.has(text))
  const isPlain = languages.some((language) => !deepLocales.includes(language))
  if (isPlain || languages.includes('en')) return !areIn(lists?.frequent)
  if (!areIn(lists?.all)) return true
  return line.sure() === null && Math.max(...languages.map(line.countOf)) > line.countOf(own)
}

/** The words of each deep language, as far as its lists hold them. */
const known = new Map(
  deepLanguages.map((language) => {
    const { yes, no, greetings, thanks, closings, pleases, returnDate } = language
    const { requestNouns, determiners, requestPrepositions, complements, leads, prefaces } = language
    const { assents, refusals, regrets, idioms, harmless, favourable, unfavourable } = language
    const lists = [
      ...[language.functionWords, yes, no, greetings, thanks, closings, pleases, ...returnDate.months],
      ...[requestNouns, determiners, requestPrepositions, complements, leads, prefaces],
      ...[assents, refusals, regrets, idioms, harmless, favourable, unfavourable],
    ]
    // Each word is folded once, for a thousand phrases are made of the same few.
    const wordsIn = (phrases: string[]) =>
      new Set([...new Set(phrases.join(' ').split(' '))].flatMap((word) => phraseKey(word).split(' ')))
    return [language.locale, { frequent: wordsIn(language.functionWords), all: wordsIn(lists.flat()) }]
  }),
)
