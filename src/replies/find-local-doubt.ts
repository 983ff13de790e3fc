import { type Doubt, doubt } from './doubt.ts'
import { deepLanguages } from './languages/all-languages.ts'
import { findPhrase, type Phrases, phraseKey, phrasesFrom } from './phrases.ts'
import type { Word } from './words.ts'

interface LocalDoubts {
  doubts: Phrases<string[]>
  functionWords: ReadonlySet<string>
}

const doubted = new Set(deepLanguages.flatMap((language) => language.localDoubts).map(phraseKey))

const localDoubts: LocalDoubts[] = deepLanguages.map(({ locale, localDoubts, functionWords }) => ({
  doubts: phrasesFrom(localDoubts.map((text) => [text, [locale]] as const)),
  // Not the words themselves: they would speak for the languages in which they are ordinary.
  functionWords: new Set(functionWords.map(phraseKey).filter((word) => !doubted.has(word))),
}))

/**
 * The word of doubt in a line that is an ordinary word in other languages, unless the line is plainly in one of these: it
 * holds more of its frequent words than of the language in which the word is a doubt.
 */
export function findLocalDoubt(words: Word[]): Doubt | null {
  const counts = localDoubts.map(
    ({ functionWords }) => words.filter(({ text }) => functionWords.has(text)).length,
  )
  const most = Math.max(...counts)
  for (const [index, { doubts }] of localDoubts.entries()) {
    const found = counts[index] === most ? findPhrase(words, doubts) : null
    if (found !== null) return doubt('condition', found.words, found.value)
  }
  return null
}
