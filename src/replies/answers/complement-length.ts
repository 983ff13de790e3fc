import { anyLanguage, requestWords } from '../languages/all-languages.ts'
import { type Phrases, phraseAt } from '../phrases.ts'
import { isName, isSetOff, type Word } from '../words.ts'

/** What any of these begin with: most words are looked up once, and not in each language. */
const requestBeginnings = new Set(
  requestWords.flatMap(({ prepositions, determiners }) =>
    [prepositions, determiners].flatMap(({ tree }) => [...(tree.next?.keys() ?? [])]),
  ),
)

/** `The request of` *Nadia Roy*, with a title at most. */
const mostNames = 3

/**
 * How many words from here on complement an answer: a phrase, or what is asked for by its name (`to this purchase`), and
 * behind it whose request it is, where nothing follows (`la demande de Marc`; but `la demande de Marc et pas celle de
 * Paul`). 0 when none stands there.
 */
export function complementLength(text: string, words: Word[], at: number): number {
  const phrase = phraseAt(words, at, anyLanguage.complements)?.length ?? 0
  const length = Math.max(phrase, requestLength(words, at))
  const of = length === 0 ? null : phraseAt(words, at + length, anyLanguage.ofWhom)
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
 * How many words name what is asked for: `the purchase`, `to the purchase`. Not without its determiner: `with discount` is
 * a condition, and `accord demandé` folds like *demande*.
 */
export function requestLength(words: Word[], at: number): number {
  const first = words[at]
  if (first === undefined || !requestBeginnings.has(first.text)) return 0
  const lengthAt = (at: number, phrases: Phrases<unknown>) => phraseAt(words, at, phrases)?.length ?? 0
  let longest = 0
  for (const { prepositions, determiners, nouns } of requestWords) {
    for (const preposition of new Set([0, lengthAt(at, prepositions)])) {
      const determiner = lengthAt(at + preposition, determiners)
      const noun = determiner === 0 ? 0 : lengthAt(at + preposition + determiner, nouns)
      if (noun > 0) longest = Math.max(longest, preposition + determiner + noun)
    }
  }
  return longest
}
