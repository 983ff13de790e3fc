import { anyLanguage, doubtsBesideWord, type LanguagePhrases } from '../languages/all-languages.ts'
import { type PhraseList, type Phrases, phraseKey, phrasesFrom, withMore } from '../phrases.ts'
import type { ChoiceQuestion, MatchedBy } from '../reading.ts'
import { dictionaryFor, isDoubt, type Meaning } from './dictionary.ts'

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
  /** Whether it is a word that people say to *have you seen it*, too: `Yes, Marc told me`. */
  isBare: boolean
  /** Whether it is also a word of doubt (Spanish `sí` and `si` fold alike): it answers only where the answer stands. */
  isDoubtful: boolean
  /** The languages that its word belongs to, be it a keyword or not. */
  spoken: string[]
  /** Words of doubt in the languages that a keyword belongs to, beside those that are known in any. */
  localDoubts: LanguagePhrases | null
}

/** The words that answer one question. */
export interface AnswerWords extends Phrases<AnswerWord> {
  /** The keywords of its choices, which come before a word of the dictionary that folds alike. */
  keywords: ReadonlyMap<string, AnswerWord>
  /** Shared by all questions of a language whose choices have the same results. */
  dictionary: PhraseList<AnswerWord>
}

/**
 * The words that answer a question, folded: the keywords of its choices; the dictionary of the approver's language; the
 * other dictionaries where they do not disagree; emoji. A dictionary word or emoji stands for a choice only when exactly
 * one choice has a keyword of the same meaning; it is known otherwise too, because it may contradict an answer.
 */
export function answerWords(question: ChoiceQuestion, locale: string): AnswerWords {
  const last = lastUsed.get(question)
  if (last?.locale === locale) return last.words
  const key = JSON.stringify([locale, question.choices.map(({ result, keywords }) => [result, keywords])])
  const words = remembered(wordsByContent, 200, key, () => makeAnswerWords(question, locale))
  lastUsed.set(question, { locale, words })
  return words
}

/** A reading asks for the words of a question in several places. */
const lastUsed = new WeakMap<ChoiceQuestion, { locale: string; words: AnswerWords }>()

/** An organisation asks the same few questions again and again, of people of a few languages. */
const wordsByContent = new Map<string, AnswerWords>()
const dictionaries = new Map<string, PhraseList<AnswerWord>>()

function remembered<T>(made: Map<string, T>, most: number, key: string, make: () => T): T {
  const known = made.get(key)
  if (known !== undefined) return known
  if (made.size >= most) made.clear()
  const value = make()
  made.set(key, value)
  return value
}

function makeAnswerWords(question: ChoiceQuestion, locale: string): AnswerWords {
  const known = dictionaryFor(locale)
  // An English keyword means what it says where it is an everyday word of the approver's, too: Portuguese `no`.
  const anybodys = dictionaryFor('')
  const choices = question.choices.map(({ result, keywords }) => {
    const keys = keywords.map(phraseKey).filter((key) => key !== '')
    const meanings = new Set(keys.flatMap((key) => (known.get(key) ?? anybodys.get(key))?.meaning ?? []))
    return { result, keys, meanings }
  })
  const standsFor = (meaning: Meaning): string | null => {
    const [choice, ...others] = choices.filter(({ meanings }) => meanings.has(meaning))
    return choice === undefined || others.length > 0 ? null : choice.result
  }
  const results = { yes: standsFor('yes'), no: standsFor('no') }
  // Megabytes each, and few: approvals have a choice or two for yes and no.
  const dictionary = remembered(dictionaries, 12, JSON.stringify([locale, results]), () =>
    resultDictionary(locale, results),
  )
  /** Null for a keyword that two choices claim: the definition checker refuses it, and it decides nothing. */
  const claims = new Map<string, string | null>()
  const keywords = new Map<string, AnswerWord>()
  for (const { result, keys, meanings } of choices) {
    const [meaning = null] = meanings.size === 1 ? meanings : []
    for (const key of keys) {
      const claim = !claims.has(key) || claims.get(key) === result ? result : null
      claims.set(key, claim)
      keywords.set(key, {
        result: claim,
        meaning,
        matchedBy: 'keyword',
        languages: [],
        acknowledges: false,
        isPlain: false,
        isBare: isBare(key),
        isDoubtful: meaning === 'yes' && isDoubt(key),
        spoken: known.get(key)?.languages ?? [],
        localDoubts: doubtsBesideWord(key),
      })
    }
  }
  return { ...withMore(dictionary, keywords), keywords, dictionary }
}

/** `Yes`, `OK`, `oui`, `tak`; how long a word of Chinese, Japanese or Korean is says nothing. */
function isBare(key: string): boolean {
  return key.length <= bareLetters && !/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u.test(key)
}

const bareLetters = 4

/** The dictionary with the results that its words stand for. */
function resultDictionary(locale: string, results: Record<Meaning, string | null>): PhraseList<AnswerWord> {
  return phrasesFrom(
    [...dictionaryFor(locale)].map(([key, { meaning, matchedBy, languages, isPlain }]) => [
      key,
      {
        result: results[meaning],
        ...{ meaning, matchedBy, languages, isPlain },
        isBare: isBare(key),
        acknowledges: anyLanguage.acknowledgements.entries.has(key) || matchedBy === 'emoji',
        isDoubtful: meaning === 'yes' && isDoubt(key),
        spoken: languages,
        localDoubts: null,
      },
    ]),
  )
}

/** All the words, each once. */
export function* entriesOf({
  keywords,
  dictionary,
}: AnswerWords): Iterable<[key: string, answer: AnswerWord]> {
  yield* keywords
  for (const [key, answer] of dictionary.entries) if (!keywords.has(key)) yield [key, answer]
}

/** Whether two answer words say the same: the same choice, or the same meaning where one of them names no choice. */
export function agree(one: AnswerWord, other: AnswerWord): boolean {
  if (one.result !== null && other.result !== null) return one.result === other.result
  return one.meaning !== null && one.meaning === other.meaning
}
