import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt } from '../phrases.ts'
import { isName, isSetOff, type Word } from '../words.ts'

/** `The request of` *Nadia Roy*, with a title at most. */
const mostNames = 3

/**
 * How many words from here on complement an answer: a phrase, and behind it whose request it is, where nothing follows
 * (`la demande de Marc`; but `la demande de Marc et pas celle de Paul`). 0 when none stands there.
 */
export function complementLength(text: string, words: Word[], at: number): number {
  const length = phraseAt(words, at, anyLanguage.complements)?.length ?? 0
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
