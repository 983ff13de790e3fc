import { isName, type Word, wordsOf } from '../words.ts'

/**
 * Whether a word names somebody of a mail of ours: it stands there within a sentence or before another name, and never without
 * its capital letter. Nobody, where our mail is not known.
 */
export function namedIn(sentText: string | null): (word: Word) => boolean {
  const text = sentText ?? ''
  return ({ text: name }) => {
    const words = wordsOf(text)
    const places = [...words.keys()].filter((at) => words[at]?.text === name)
    const isNameAt = (at: number) => words[at] !== undefined && isName(text, words[at])
    const isWithin = (at: number) => /[\p{L}\p{N},:] $/u.test(text.slice(0, words[at]?.from))
    return places.every(isNameAt) && places.some((at) => isWithin(at) || isNameAt(at + 1))
  }
}
