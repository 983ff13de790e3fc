import { deepLanguages } from './languages/all-languages.ts'
import { holdsPhrase, type Phrases, phraseKey, phrasesFrom } from './phrases.ts'
import type { Word } from './words.ts'

interface LocalDoubts {
  doubts: Phrases<true>
  functionWords: ReadonlySet<string>
}

const doubted = new Set(deepLanguages.flatMap((language) => language.localDoubts).map(phraseKey))

const localDoubts: LocalDoubts[] = deepLanguages.map(({ localDoubts, functionWords }) => ({
  doubts: phrasesFrom(localDoubts.map((text) => [text, true] as const)),
  // Not the words themselves: they would speak for the languages in which they are ordinary.
  functionWords: new Set(functionWords.map(phraseKey).filter((word) => !doubted.has(word))),
}))

/**
 * Whether a word of doubt stands in a line that is an ordinary word in other languages, unless the line is plainly in one
 * of these: it holds more of its frequent words than of the language in which the word is a doubt.
 */
export function holdsLocalDoubt(words: Word[]): boolean {
  const counts = localDoubts.map(
    ({ functionWords }) => words.filter(({ text }) => functionWords.has(text)).length,
  )
  const most = Math.max(...counts)
  return localDoubts.some(({ doubts }, index) => counts[index] === most && holdsPhrase(words, doubts))
}
