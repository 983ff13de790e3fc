import { anyLanguage } from '../../languages/all-languages.ts'
import { isPhrase } from '../../phrases.ts'
import type { ValueQuestion } from '../../reading.ts'
import { wordsOf } from '../../words.ts'
import { readValue } from './read-value.ts'
import type { ValueReading } from './value-reading.ts'

/** No value is longer. */
const longestValue = 200

/** What may divide a value from a comment. */
const divisions = /[,;:.!]\s|\s[-–—]\s|\s\(/g
/** A value with more of them before its end is none that anybody writes. */
const mostDivisions = 6

/** `please`, `thank you very much`. */
const courtesyWords = 4

/** What people put around a value, and clients around bold letters. */
const wrapping = /^[\s"“”„«»*_]+|[\s"“”«»*_]+$/g

/**
 * The value that a text begins with, and where it ends: the longest beginning that is one, up to the end, a division or
 * courtesy. Without any, why the longest is none.
 */
export function findValue(
  question: ValueQuestion,
  text: string,
  locale: string,
): { reading: ValueReading; to: number } {
  const upTo = (to: number) => ({
    reading: readValue(question, text.slice(0, to).replaceAll(wrapping, ''), locale),
    to,
  })
  const whole = upTo(text.length)
  if ('value' in whole.reading || text.length > longestValue) return whole
  const parts = [...courtesyStarts(text), ...divisionsOf(text)].map(upTo)
  const isValue = ({ reading }: typeof whole) => 'value' in reading
  const saysWhy = ({ reading }: typeof whole) => 'reason' in reading && reading.reason !== 'not-an-answer'
  return parts.find(isValue) ?? [whole, ...parts].find(saysWhy) ?? whole
}

/** From the last to the first. */
function divisionsOf(text: string): number[] {
  return Array.from(text.matchAll(divisions), ({ index }) => index)
    .slice(0, mostDivisions)
    .reverse()
}

function courtesyStarts(text: string): number[] {
  const words = wordsOf(text)
  return words
    .map((_, index) => words.slice(index))
    .slice(-courtesyWords)
    .filter((rest) => isPhrase(rest, anyLanguage.thanks) || isPhrase(rest, anyLanguage.pleases))
    .flatMap(([first]) => first?.from ?? [])
}
