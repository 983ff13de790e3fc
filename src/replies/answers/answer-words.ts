import { anyLanguage, doubtsBesideWord, type LanguagePhrases } from '../languages/all-languages.ts'
import { foldedPhrases, type PhraseList, phraseAt, phraseKey, wholePhrase } from '../phrases.ts'
import type { ChoiceQuestion, MatchedBy } from '../reading.ts'
import type { Word } from '../words.ts'
import {
  type AnswerPhrase,
  allAnswerPhrases,
  answerPhrases,
  type DictionaryWord,
  dictionaryWord,
  isDoubt,
  languageOf,
  type Meaning,
} from './dictionary.ts'

export interface AnswerWord {
  /** The choice it stands for; null for a dictionary word that no single choice of the question answers to. */
  result: string | null
  meaning: Meaning | null
  matchedBy: MatchedBy
  /** The languages whose dictionaries have it; none for a keyword or an emoji. */
  languages: string[]
  /** Whether it may say no more than that the mail was read: `OK, noted`. A keyword never does. */
  acknowledges: boolean
  /** Whether it says in the approver's language that a mail has come, and answers nothing by itself. */
  isNoticing: boolean
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
export interface AnswerWords {
  /** The keywords of its choices, which come before a phrase of the dictionaries that folds alike. */
  keywords: PhraseList<AnswerWord>
  /** What a phrase of the dictionaries answers to it; null when it answers nothing. */
  meant(phrase: AnswerPhrase): AnswerWord | null
}

/**
 * The words that answer a question, folded: the keywords of its choices; the dictionary of the approver's language; the
 * other dictionaries where they do not disagree; emoji. A dictionary word or emoji stands for a choice only when exactly
 * one choice has a keyword of the same meaning; it is known otherwise too, because it may contradict an answer.
 */
export function answerWords(question: ChoiceQuestion, locale: string): AnswerWords {
  const last = lastUsed.get(question)
  if (last?.locale === locale) return last.words
  const language = languageOf(locale)
  const key = JSON.stringify([language, question.choices.map(({ result, keywords }) => [result, keywords])])
  const words = wordsByContent.get(key) ?? makeAnswerWords(question, language)
  if (wordsByContent.size >= mostRemembered) wordsByContent.clear()
  wordsByContent.set(key, words)
  lastUsed.set(question, { locale, words })
  return words
}

/** A reading asks for the words of a question in several places. */
const lastUsed = new WeakMap<ChoiceQuestion, { locale: string; words: AnswerWords }>()

/** An organisation asks the same few questions again and again, of people of a few languages. */
const wordsByContent = new Map<string, AnswerWords>()
const mostRemembered = 200

function makeAnswerWords(question: ChoiceQuestion, language: string): AnswerWords {
  const known = (key: string, language: string) => {
    const phrase = wholePhrase(key, answerPhrases)
    return phrase === undefined ? null : dictionaryWord(phrase, language)
  }
  const choices = question.choices.map(({ result, keywords }) => {
    const keys = keywords.map(phraseKey).filter((key) => key !== '')
    // An English keyword means what it says where it is an everyday word of the approver's, too: Portuguese `no`.
    const meanings = new Set(keys.flatMap((key) => (known(key, language) ?? known(key, ''))?.meaning ?? []))
    return { result, keys, meanings }
  })
  const standsFor = (meaning: Meaning): string | null => {
    const [choice, ...others] = choices.filter(({ meanings }) => meanings.has(meaning))
    return choice === undefined || others.length > 0 ? null : choice.result
  }
  const results = { yes: standsFor('yes'), no: standsFor('no') }
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
        isNoticing: false,
        isPlain: false,
        isBare: isBare(key),
        isDoubtful: meaning === 'yes' && isDoubt(key),
        spoken: known(key, language)?.languages ?? [],
        localDoubts: doubtsBesideWord(key),
      })
    }
  }
  const met = new Map<AnswerPhrase, AnswerWord | null>()
  return {
    keywords: { entries: keywords, ...foldedPhrases(keywords) },
    meant(phrase) {
      const known = met.get(phrase)
      if (known !== undefined) return known
      const word = dictionaryWord(phrase, language)
      const meant = word && answerWord(phrase.key, word, results[word.meaning])
      met.set(phrase, meant)
      return meant
    },
  }
}

/** `Yes`, `OK`, `oui`, `tak`; how long a word of Chinese, Japanese or Korean is says nothing. */
function isBare(key: string): boolean {
  return key.length <= bareLetters && !/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u.test(key)
}

const bareLetters = 4

function answerWord(key: string, word: DictionaryWord, result: string | null): AnswerWord {
  const { meaning, matchedBy, languages, isPlain } = word
  return {
    result,
    ...{ meaning, matchedBy, languages, isPlain },
    isBare: isBare(key),
    acknowledges: wholePhrase(key, anyLanguage.acknowledgements) !== undefined || matchedBy === 'emoji',
    isNoticing:
      matchedBy === 'language' &&
      wholePhrase(key, anyLanguage.noticings)?.includes(languages[0] ?? '') === true,
    isDoubtful: meaning === 'yes' && isDoubt(key),
    spoken: languages,
    localDoubts: null,
  }
}

/** All the words, each once, the keywords first. */
export function* entriesOf({ keywords, meant }: AnswerWords): Generator<[key: string, answer: AnswerWord]> {
  yield* keywords.entries
  for (const phrase of allAnswerPhrases) {
    const answer = keywords.entries.has(phrase.key) ? null : meant(phrase)
    if (answer !== null) yield [phrase.key, answer]
  }
}

/** Whether a folded phrase answers the question. */
export function isAnswerKey(key: string, { keywords, meant }: AnswerWords): boolean {
  const phrase = wholePhrase(key, answerPhrases)
  return keywords.entries.has(key) || (phrase !== undefined && meant(phrase) !== null)
}

/** The longest phrase that answers the question and begins at a word, with its number of words; null when none does. */
export function answerPhraseAt(
  words: Word[],
  at: number,
  { keywords, meant }: AnswerWords,
): { value: AnswerWord; length: number } | null {
  const keyword = phraseAt(words, at, keywords)
  const phrase = phraseAt(words, at, answerPhrases, meant)
  return keyword === null || (phrase !== null && phrase.length > keyword.length) ? phrase : keyword
}

/** Whether the words are an answer and nothing more. */
export function isAnswerPhrase(words: Word[], answers: AnswerWords): boolean {
  return words.length > 0 && answerPhraseAt(words, 0, answers)?.length === words.length
}

/** Whether two answer words say the same: the same choice, or the same meaning where one of them names no choice. */
export function agree(one: AnswerWord, other: AnswerWord): boolean {
  if (one.result !== null && other.result !== null) return one.result === other.result
  return one.meaning !== null && one.meaning === other.meaning
}
