import { anyLanguage, requestWords } from '../languages/all-languages.ts'
import { branchesOf } from '../phrase-tree.ts'
import { type Phrases, phraseAt } from '../phrases.ts'
import { isName, isSetOff, type Word } from '../words.ts'
import { amountLength } from './amount-length.ts'

/** The words that any of these begin with: most words are looked up once, and not in each language. */
function beginningsOf(...lists: Phrases<unknown>[]): ReadonlySet<string> {
  return new Set(lists.flatMap(({ tree }) => branchesOf(tree).map(([word]) => word)))
}

const articles = beginningsOf(...requestWords.map(({ determiners }) => determiners))
const prepositions = beginningsOf(...requestWords.map(({ prepositions }) => prepositions))
const requestBeginnings = new Set([...articles, ...prepositions])
const nounBeginnings = beginningsOf(...requestWords.map(({ nouns }) => nouns))

/** `The request of` *Nadia Roy*, with a title at most. */
const mostNames = 3

/**
 * How many words from here on complement an answer: a phrase, or what is asked for by its name (`to this purchase`), and
 * behind it whose request it is, where nothing follows (`la demande de Marc`; but `la demande de Marc et pas celle de
 * Paul`). 0 when none stands there.
 */
export function complementLength(text: string, words: Word[], at: number): number {
  const phrase = lengthAt(words, at, anyLanguage.complements)
  const named = Math.max(
    requestLength(words, at),
    countedLength(text, words, at),
    at === 0 || isSetOff(text, words, at) ? 0 : bareNounLength(words, at),
  )
  const length = Math.max(phrase, named, amountLength(text, words, at))
  // `Take them` *from Dell* is no request of Dell's.
  const of = length === 0 || length > named ? null : phraseAt(words, at + length, anyLanguage.ofWhom)
  if (of === null) return length
  const isEnd = (end: number) => end === words.length || isSetOff(text, words, end)
  const start = at + length + of.length
  for (let end = start + 1; end <= start + mostNames && end <= words.length; end += 1) {
    const name = words[end - 1]
    if (name === undefined || !isName(text, name)) return length
    if (isEnd(end)) return end - at
  }
  return length
}

/**
 * What is asked for, by its number, when its clause ends with it: `for the 12 laptops`. Whether these are what our mail asked
 * for is compared where it is known (`readChoice`): not by a number in words, which cannot be compared.
 */
function countedLength(text: string, words: Word[], at: number): number {
  for (const article of prepositions.has(words[at]?.text ?? '') ? [at, at + 1] : [at]) {
    const [first, number, noun] = words.slice(article, article + 3)
    const isCounted = articles.has(first?.text ?? '') && /^\d{1,3}$/.test(number?.text ?? '')
    const end = article + 3
    if (
      isCounted &&
      /^\p{L}{3}/u.test(noun?.text ?? '') &&
      (end === words.length || isSetOff(text, words, end))
    )
      return end - at
  }
  return 0
}

/**
 * How many words name what is asked for: `the purchase`, `to the purchase`. Not without its determiner: `with discount` is
 * a condition, and `accord demandé` folds like *demande*.
 */
export function requestLength(words: Word[], at: number): number {
  const first = words[at]
  if (first === undefined || !requestBeginnings.has(first.text)) return 0
  let longest = 0
  for (const language of requestWords) {
    const preposition = lengthAt(words, at, language.prepositions)
    const behind = preposition === 0 ? 0 : determinedLength(words, at + preposition, language)
    longest = Math.max(
      longest,
      determinedLength(words, at, language),
      behind === 0 ? 0 : preposition + behind,
    )
  }
  return longest
}

type RequestWords = (typeof requestWords)[number]

function determinedLength(words: Word[], at: number, { determiners, nouns }: RequestWords): number {
  const determiner = lengthAt(words, at, determiners)
  const noun = determiner === 0 ? 0 : lengthAt(words, at + determiner, nouns)
  return noun === 0 ? 0 : determiner + noun
}

const bareNouns = requestWords.flatMap(({ hasArticles, nouns }) => (hasArticles ? [] : [nouns]))

/** What is asked for in a language without articles: `zatwierdzam` *fakturę*. */
function bareNounLength(words: Word[], at: number): number {
  return longestAt(words, at, bareNouns)
}

/** How many words from here on are a noun for what is asked for, without its determiner. */
export function requestNounLength(words: Word[], at: number): number {
  if (!nounBeginnings.has(words[at]?.text ?? '')) return 0
  return longestAt(words, at, nounLists)
}

const nounLists = requestWords.map(({ nouns }) => nouns)

function longestAt(words: Word[], at: number, lists: Phrases<unknown>[]): number {
  return lists.reduce((longest, phrases) => Math.max(longest, lengthAt(words, at, phrases)), 0)
}

function lengthAt(words: Word[], at: number, phrases: Phrases<unknown>): number {
  return phraseAt(words, at, phrases)?.length ?? 0
}
