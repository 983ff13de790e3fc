import { isFrequent } from '../doubts/line-language.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { holdsPhrase, phraseAt, withoutLengths } from '../phrases.ts'
import { isName, type Word } from '../words.ts'
import { complementLength } from './complement-length.ts'

/**
 * Whether a sentence only tells that its writer has looked at what was asked: every word of it is one of a report's, a name, or
 * among the most frequent of a language. What holds anything else may change what is agreed to: `We reduced it to 9.`
 */
export function isReport(text: string, words: Word[]): boolean {
  const { reports, prefaces, asides, leads, harmless, greetings, thanks } = anyLanguage
  const known = [reports, prefaces, asides, leads, harmless, greetings, thanks]
  if (![reports, prefaces, asides].some((phrases) => holdsPhrase(words, phrases))) return false
  const rest = withoutLengths(words, (at) =>
    Math.max(
      complementLength(text, words, at),
      ...known.map((phrases) => phraseAt(words, at, phrases)?.length ?? 0),
    ),
  )
  return rest.every((word) => isFrequent(word) || isName(text, word))
}
