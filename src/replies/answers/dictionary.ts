import { anyLanguage, deepLanguages, isPlain, languages } from '../languages/all-languages.ts'
import type { Language } from '../languages/language.ts'
import { foldedPhrases, type Phrases, phraseKey, wholePhrase, withPlace } from '../phrases.ts'
import type { MatchedBy } from '../reading.ts'

const locales = new Set(languages.map(({ locale }) => locale))
const doubtsOf = new Map<string, ReadonlySet<string>>()

/** What an emoji, a keyword or a dictionary word says. */
export type Meaning = 'yes' | 'no'

const emojis = new Map<string, Meaning>([
  ['👍', 'yes'],
  ['✅', 'yes'],
  ['👎', 'no'],
  ['❌', 'no'],
])

/** A phrase that answers by itself in some language. */
export interface AnswerPhrase {
  /** Its folded words, joined. */
  key: string
  /** What it says in each language that has it, the deep ones first. */
  meanings: [language: Language, meaning: Meaning][]
  /** What it says in all of them; null for words. */
  emoji: Meaning | null
}

/** A phrase as it answers an approver of some language. */
export interface DictionaryWord {
  meaning: Meaning
  matchedBy: MatchedBy
  languages: string[]
  isPlain: boolean
}

/** Everything that answers in any language, and the emoji that do. */
export const allAnswerPhrases: readonly AnswerPhrase[] = allPhrases()

/** The same, to be looked up. */
export const answerPhrases: Phrases<AnswerPhrase> = withPlace(
  foldedPhrases(allAnswerPhrases.map((phrase) => [phrase.key, phrase] as const)),
)

function allPhrases(): AnswerPhrase[] {
  const phrases = new Map<string, AnswerPhrase>()
  for (const language of languages) {
    // A language that has it for both means its no.
    for (const [key, meaning] of new Map(meaningsIn(language))) {
      const phrase = phrases.get(key) ?? { key, meanings: [], emoji: null }
      phrase.meanings.push([language, meaning])
      phrases.set(key, phrase)
    }
  }
  phrases.delete('')
  for (const [key, emoji] of emojis) phrases.set(key, { key, meanings: [], emoji })
  return [...phrases.values()]
}

/**
 * What a phrase answers to an approver of a language: their own dictionary wins over the others, which count where they do
 * not disagree. Null when it answers nothing there.
 *
 * @param language As `languageOf` gives it.
 */
export function dictionaryWord(
  { key, meanings, emoji }: AnswerPhrase,
  language: string,
): DictionaryWord | null {
  if (emoji !== null) return { meaning: emoji, matchedBy: 'emoji', languages: [], isPlain: false }
  const own = meanings.find(([{ locale }]) => locale === language)
  if (own !== undefined)
    return { meaning: own[1], matchedBy: 'language', languages: [language], isPlain: isPlain(own[0]) }
  const [first, ...others] = meanings
  if (first === undefined) return null
  const [nearest, meaning] = first
  const isDisputed = others.some(([, other]) => other !== meaning)
  if (isDisputed || ownDoubts(language).has(key) || (meaning === 'yes' && isCourtesy(key))) return null
  return {
    meaning,
    matchedBy: 'other-language',
    languages: meanings.map(([{ locale }]) => locale),
    // A doubt of another language answers only where nothing else stands: `Sí`, but not `si` before a condition.
    isPlain: isPlain(nearest) || (meaning === 'yes' && isDoubt(key)),
  }
}

/** The language of a locale whose dictionary comes first: `fr` of `fr-CA`; `''` for one that we have no dictionary of. */
export function languageOf(locale: string): string {
  const language = locale.split(/[-_]/)[0] ?? ''
  return locales.has(language) ? language : ''
}

/**
 * What is a doubt in the approver's own language, says that something is done, or is one of its most frequent words, is no answer of
 * another one: French `si` is *if*, whatever Spanish says, and Portuguese `já` is *already*.
 */
function ownDoubts(locale: string): ReadonlySet<string> {
  const known = doubtsOf.get(locale)
  if (known !== undefined) return known
  const own = deepLanguages.filter((language) => language.locale === locale)
  const doubts = own.flatMap(
    ({ negations, conditions, localDoubts, hedges, questions, perfects, functionWords, otherwise }) => [
      ...otherwise,
      ...negations,
      ...conditions,
      ...localDoubts,
      ...hedges,
      ...questions,
      ...perfects,
      ...functionWords,
    ],
  )
  const found = new Set(doubts.map(phraseKey))
  doubtsOf.set(locale, found)
  return found
}

/** Polish `tak` is Danish for *thanks*. */
function isCourtesy(key: string): boolean {
  const { greetings, thanks, pleases, closings } = anyLanguage
  return [greetings, thanks, pleases, closings].some((phrases) => wholePhrase(key, phrases) !== undefined)
}

/** Whether a word is one of doubt in any language. */
export function isDoubt(key: string): boolean {
  const { negations, conditions, hedges, questions } = anyLanguage
  return [negations, conditions, hedges, questions].some((phrases) => wholePhrase(key, phrases) !== undefined)
}

function meaningsIn({ yes, no }: { yes: string[]; no: string[] }): [string, Meaning][] {
  return [
    ...yes.map((phrase): [string, Meaning] => [phraseKey(phrase), 'yes']),
    ...no.map((phrase): [string, Meaning] => [phraseKey(phrase), 'no']),
  ]
}
