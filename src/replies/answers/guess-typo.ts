import { keyOf, type Word } from '../words.ts'
import type { AnswerWord, AnswerWords } from './answer-words.ts'
import { type AnswerPhrase, allAnswerPhrases } from './dictionary.ts'
import { isNear } from './is-near.ts'

/** A typing error is guessed in words of at least this many letters: `no` and `on` are too near to much else. */
const guessableLetters = 4

/** A slip in a longer line may be in what says something else. */
const longestGuess = 40

type Guess = AnswerWord & { result: string }

/** The one choice with a word that a single slip makes of the words; null when none or several have. */
export function guessTypo(words: Word[], { keywords, meant }: AnswerWords): Guess | null {
  const written = keyOf(words)
  if (written.length > longestGuess) return null
  let guess: Guess | null = null
  const isOther = (answer: AnswerWord | null): boolean => {
    if (answer === null || answer.result === null) return false
    guess ??= { ...answer, result: answer.result }
    return answer.result !== guess.result
  }
  for (const [key, answer] of keywords.entries)
    if (key.length >= guessableLetters && isNear(key, written) && isOther(answer)) return null
  for (const more of [-1, 0, 1]) {
    for (const place of placesOf(written, written.length + more)) {
      for (const phrase of byPlace.get(place) ?? []) {
        if (!isNear(phrase.key, written) || keywords.entries.has(phrase.key)) continue
        if (isOther(meant(phrase))) return null
      }
    }
  }
  return guess
}

/** More letters would make as many places as there are phrases. */
const mostKept = 5

/**
 * Where a word of so many letters is looked for, by how it begins and by how it ends: one slip, which touches two
 * neighbours at most, leaves the one half or the other as it is. Of tens of thousands of phrases hardly any is compared.
 */
function placesOf(word: string, length: number): [begins: string, ends: string] {
  const kept = Math.min(mostKept, Math.floor((length - 2) / 2))
  return [`${length}${word.slice(0, kept)}`, `${length} ${word.slice(-kept)}`]
}

const byPlace = new Map<string, AnswerPhrase[]>()
for (const phrase of allAnswerPhrases) {
  if (phrase.key.length < guessableLetters) continue
  for (const place of placesOf(phrase.key, phrase.key.length)) {
    const others = byPlace.get(place)
    if (others === undefined) byPlace.set(place, [phrase])
    else others.push(phrase)
  }
}
