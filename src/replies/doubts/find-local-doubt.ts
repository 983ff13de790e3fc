import { deepLanguages } from '../languages/all-languages.ts'
import { findPhrase, holdsPhrase, type Phrases, phraseKey, phrasesFrom, withPlace } from '../phrases.ts'
import type { Word } from '../words.ts'
import { type Doubt, doubt } from './doubt.ts'

interface LocalDoubts {
  doubts: Phrases<string[]>
  functionWords: ReadonlySet<string>
  /** The same with those that cast a doubt in another language. */
  ordinary: ReadonlySet<string>
}

const doubted = new Set(deepLanguages.flatMap((language) => language.localDoubts).map(phraseKey))

const localDoubts: LocalDoubts[] = deepLanguages.map(({ locale, localDoubts, functionWords }) => {
  const keys = functionWords.map(phraseKey)
  return {
    doubts: phrasesFrom(localDoubts.map((text) => [text, [locale]] as const)),
    // Not the words themselves: they would speak for the languages in which they are ordinary.
    functionWords: new Set(keys.filter((word) => !doubted.has(word))),
    ordinary: new Set(keys),
  }
})

/** Most lines hold none of any language. */
const allDoubts = withPlace(
  phrasesFrom(deepLanguages.flatMap(({ localDoubts }) => localDoubts.map((text) => [text, true] as const))),
)

/**
 * The word of doubt in a line that is an ordinary word in other languages, unless the line is plainly in one of these: it
 * holds more of its frequent words than of the language in which the word is a doubt, or as many, and the answer is in it.
 *
 * @param spoken The languages that the answer belongs to: all of them must know the word as ordinary.
 */
export function findLocalDoubt(words: Word[], spoken: string[] = []): Doubt | null {
  if (!holdsPhrase(words, allDoubts)) return null
  const counts = localDoubts.map(
    ({ functionWords }) => words.filter(({ text }) => functionWords.has(text)).length,
  )
  const most = Math.max(...counts)
  const isOrdinary = ({ text }: Word) =>
    spoken.length > 0 &&
    spoken.every((locale) => {
      const index = deepLanguages.findIndex((language) => language.locale === locale)
      return counts[index] === most && localDoubts[index]?.ordinary.has(text)
    })
  for (const [index, { doubts }] of localDoubts.entries()) {
    const found = counts[index] === most ? findPhrase(words, doubts) : null
    if (found !== null && !found.words.every(isOrdinary)) return doubt('condition', found.words, found.value)
  }
  return null
}
