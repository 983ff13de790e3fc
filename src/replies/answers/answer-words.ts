import {
  anyLanguage,
  deepLanguages,
  doubtsBesideWord,
  isPlain,
  type LanguagePhrases,
  languages,
} from '../languages/all-languages.ts'
import { type Phrases, phraseKey, phrasesFrom } from '../phrases.ts'
import type { ChoiceQuestion, MatchedBy } from '../reading.ts'

/** What an emoji, a keyword or a dictionary word says. */
export type Meaning = 'yes' | 'no'

export interface AnswerWord {
  /** The choice it stands for; null for a dictionary word that no single choice of the question answers to. */
  result: string | null
  meaning: Meaning | null
  matchedBy: MatchedBy
  /** The languages whose dictionaries have it; none for a keyword or an emoji. */
  languages: string[]
  /** Whether it may say no more than that the mail was read: `OK, noted`. A keyword never does. */
  acknowledges: boolean
  /** Whether it is unclear with anything beside or below it: a word of a plain language, or of several meanings. */
  isPlain: boolean
  /** Whether it is also a word of doubt (Spanish `sí` and `si` fold alike): it answers only where the answer stands. */
  isDoubtful: boolean
  /** The languages that its word belongs to, be it a keyword or not. */
  spoken: string[]
  /** Words of doubt in the languages that a keyword belongs to, beside those that are known in any. */
  localDoubts: LanguagePhrases | null
}

/** A typing error is guessed in words of at least this many letters: `no` and `on` are too near to much else. */
const guessableLetters = 4

export interface AnswerWords extends Phrases<AnswerWord> {
  /** Those of a choice in which a typing error is guessed, by their length. */
  guessable: ReadonlyMap<number, [key: string, answer: AnswerWord & { result: string }][]>
}

const emoji = new Map<string, Meaning>([
  ['👍', 'yes'],
  ['✅', 'yes'],
  ['👎', 'no'],
  ['❌', 'no'],
])

/**
 * The words that answer a question, folded: the keywords of its choices; the dictionary of the approver's language; the
 * other dictionaries where they do not disagree; emoji. A dictionary word or emoji stands for a choice only when exactly
 * one choice has a keyword of the same meaning; it is known otherwise too, because it may contradict an answer.
 */
export function answerWords(question: ChoiceQuestion, locale: string): AnswerWords {
  const last = lastUsed.get(question)
  if (last?.locale === locale) return last.words
  const words = wordsByContent(question, locale)
  lastUsed.set(question, { locale, words })
  return words
}

/** A reading asks for the words of a question in several places. */
const lastUsed = new WeakMap<ChoiceQuestion, { locale: string; words: AnswerWords }>()

function wordsByContent(question: ChoiceQuestion, locale: string): AnswerWords {
  const key = JSON.stringify([locale, question.choices.map(({ result, keywords }) => [result, keywords])])
  const known = remembered.get(key)
  if (known !== undefined) return known
  const words = makeAnswerWords(question, locale)
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(key, words)
  return words
}

/** An organisation asks the same few questions again and again, of people of a few languages. */
const remembered = new Map<string, AnswerWords>()
const mostRemembered = 500

function makeAnswerWords(question: ChoiceQuestion, locale: string): AnswerWords {
  // `fr-CA` reads like `fr`.
  const dictionary = dictionaries.get(locale.split(/[-_]/)[0] ?? '') ?? foreignDictionary
  const choices = question.choices.map(({ result, keywords }) => {
    const keys = keywords.map(phraseKey).filter((key) => key !== '')
    const meanings = new Set(keys.flatMap((key) => dictionary.get(key)?.meaning ?? []))
    return { result, keys, meanings }
  })
  const standsFor = (meaning: Meaning): string | null => {
    const [choice, ...others] = choices.filter(({ meanings }) => meanings.has(meaning))
    return choice === undefined || others.length > 0 ? null : choice.result
  }
  const results = { yes: standsFor('yes'), no: standsFor('no') }

  const entries = new Map<string, AnswerWord>()
  for (const [key, { meaning, matchedBy, languages, isPlain }] of dictionary) {
    const acknowledges = anyLanguage.acknowledgements.entries.has(key) || matchedBy === 'emoji'
    const isDoubtful = meaning === 'yes' && isDoubt(key)
    entries.set(key, {
      result: results[meaning],
      meaning,
      matchedBy,
      languages,
      acknowledges,
      isPlain,
      isDoubtful,
      spoken: languages,
      localDoubts: null,
    })
  }
  /** Null for a keyword that two choices claim: the definition checker refuses it, and it decides nothing. */
  const claims = new Map<string, string | null>()
  for (const { result, keys, meanings } of choices) {
    const [meaning = null] = meanings.size === 1 ? meanings : []
    for (const key of keys) {
      const claim = !claims.has(key) || claims.get(key) === result ? result : null
      claims.set(key, claim)
      entries.set(key, {
        result: claim,
        meaning,
        matchedBy: 'keyword',
        languages: [],
        acknowledges: false,
        isPlain: false,
        isDoubtful: meaning === 'yes' && isDoubt(key),
        spoken: dictionary.get(key)?.languages ?? [],
        localDoubts: doubtsBesideWord(key),
      })
    }
  }
  const words = phrasesFrom(entries)
  const guessable = [...words.entries].flatMap(([key, answer]) =>
    answer.result !== null && key.length >= guessableLetters
      ? [[key, { ...answer, result: answer.result }] as [string, AnswerWord & { result: string }]]
      : [],
  )
  return { ...words, guessable: Map.groupBy(guessable, ([key]) => key.length) }
}

interface DictionaryWord {
  meaning: Meaning
  matchedBy: MatchedBy
  languages: string[]
  isPlain: boolean
}

/** Dictionary words and emoji by folded word; the approver's own language last, so that it wins. */
function dictionaryFor(locale: string): Map<string, DictionaryWord> {
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
 * What is a doubt in the approver's own language, or says that something is done, is no answer of another one: French `si`
 * is *if*, whatever Spanish says, and Portuguese `já` is *already*.
 */
function ownDoubts(locale: string): Set<string> {
  const own = deepLanguages.filter((language) => language.locale === locale)
  const doubts = own.flatMap(({ negations, conditions, localDoubts, hedges, questions, perfects }) => [
    ...negations,
    ...conditions,
    ...localDoubts,
    ...hedges,
    ...questions,
    ...perfects,
  ])
  return new Set(doubts.map(phraseKey))
}

/** Polish `tak` is Danish for *thanks*. */
function isCourtesy(key: string): boolean {
  const { greetings, thanks, pleases, closings } = anyLanguage
  return [greetings, thanks, pleases, closings].some(({ entries }) => entries.has(key))
}

function isDoubt(key: string): boolean {
  const { negations, conditions, hedges, questions } = anyLanguage
  return [negations, conditions, hedges, questions].some(({ entries }) => entries.has(key))
}

const dictionaries = new Map(languages.map(({ locale }) => [locale, dictionaryFor(locale)]))

/** For an approver in whose language we have no dictionary. */
const foreignDictionary = dictionaryFor('')

function meaningsIn({ yes, no }: { yes: string[]; no: string[] }): [string, Meaning][] {
  return [
    ...yes.map((phrase): [string, Meaning] => [phraseKey(phrase), 'yes']),
    ...no.map((phrase): [string, Meaning] => [phraseKey(phrase), 'no']),
  ]
}

/** Whether two answer words say the same: the same choice, or the same meaning where one of them names no choice. */
export function agree(one: AnswerWord, other: AnswerWord): boolean {
  if (one.result !== null && other.result !== null) return one.result === other.result
  return one.meaning !== null && one.meaning === other.meaning
}
