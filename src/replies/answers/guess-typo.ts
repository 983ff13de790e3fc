import { keyOf, type Word } from '../words.ts'
import type { AnswerWord, AnswerWords } from './answer-words.ts'
import { isNear } from './is-near.ts'

/** A typing error is guessed in words of at least this many letters: `no` and `on` are too near to much else. */
const guessableLetters = 4

/** A slip in a longer line may be in what says something else. */
const longestGuess = 40

type Guess = AnswerWord & { result: string }

/** The one choice with a word that a single slip makes of the words; null when none or several have. */
export function guessTypo(words: Word[], answers: AnswerWords): Guess | null {
  const written = keyOf(words)
  if (written.length > longestGuess) return null
  const { keywords, dictionary } = answers
  const inDictionary = placesOf(written)
    .flatMap((place) => byPlace(dictionary).get(place) ?? [])
    .filter(([key]) => !keywords.has(key))
  const near = [...guessable(keywords), ...inDictionary].filter(([key]) => isNear(key, written))
  const [guess, ...others] = near.map(([, answer]) => answer)
  return guess === undefined || others.some(({ result }) => result !== guess.result) ? null : guess
}

function guessable(entries: ReadonlyMap<string, AnswerWord>): [key: string, guess: Guess][] {
  return [...entries].flatMap(([key, answer]) => {
    const { result } = answer
    return result === null || key.length < guessableLetters ? [] : [[key, { ...answer, result }]]
  })
}

/** One slip leaves the first or the last character as it is: of tens of thousands of phrases a few hundred are compared. */
function placesOf(written: string): string[] {
  return [-1, 0, 1].flatMap((more) => [
    `${written.length + more}${written[0]}`,
    `${written.length + more} ${written.at(-1)}`,
  ])
}

function byPlace(dictionary: AnswerWords['dictionary']): ReadonlyMap<string, [key: string, guess: Guess][]> {
  const known = places.get(dictionary)
  if (known !== undefined) return known
  const found = new Map<string, [key: string, guess: Guess][]>()
  for (const guess of guessable(dictionary.entries)) {
    const [key] = guess
    for (const place of [`${key.length}${key[0]}`, `${key.length} ${key.at(-1)}`]) {
      const others = found.get(place)
      if (others === undefined) found.set(place, [guess])
      else others.push(guess)
    }
  }
  places.set(dictionary, found)
  return found
}

const places = new WeakMap<AnswerWords['dictionary'], ReadonlyMap<string, [key: string, guess: Guess][]>>()
