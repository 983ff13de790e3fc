import { holdsPhrase, phraseAt } from '../../phrases.ts'
import { type Word, wordsOf } from '../../words.ts'
import { relativeDays, weekdays } from './day-words.ts'
import { daysInFigures } from './days-in-figures.ts'
import { daysInWords, monthsOf } from './days-in-words.ts'
import { notAValue, type ValueReading } from './value-reading.ts'

/** Nobody writes a longer one. */
const longestDate = 60

/** Words in front of a date that change nothing. */
const articles = new Set(['on', 'the', 'le', 'am', 'den', 'der', 'el', 'il', 'op', 'de', 'em', 'dia'])

/**
 * A day in the writer's notation, as `2026-07-15`. A day without its year, a weekday alone and `tomorrow` hang on when
 * they are read, and a `3/4/2026` in a language that is written in both ways has two meanings: none is guessed.
 */
export function readDate(text: string, locale: string): ValueReading {
  if (text.length > longestDate) return notAValue
  const words = withoutArticles(wordsOf(text))
  const plain = daysIn(text, words, locale)
  if (plain !== null) return onlyOf(plain)
  // Only now: `Mar 15, 2026` begins with a month, and `mar. 15 juillet 2026` with a Tuesday.
  const weekday = phraseAt(words, 0, weekdays)
  const behind = weekday && daysIn(text, withoutArticles(words.slice(weekday.length)), locale)
  if (behind === null) return isRelative(text, words, locale) ? { reason: 'relative-date' } : notAValue
  const day = onlyOf(behind)
  const isAnother = 'value' in day && new Date(day.value).getUTCDay() !== weekday?.value
  return isAnother ? { reason: 'impossible-date' } : day
}

function daysIn(text: string, words: Word[], locale: string): (string | null)[] | null {
  const figures = text.slice(words[0]?.from ?? 0).replace(/[\s.!]+$/, '')
  return daysInFigures(figures, locale) ?? daysInWords(words, locale)
}

function onlyOf(days: (string | null)[]): ValueReading {
  const [day, ...others] = new Set(days.filter((day) => day !== null))
  if (day === undefined) return { reason: 'impossible-date' }
  return others.length > 0 ? { reason: 'ambiguous', meanings: [day, ...others] } : { value: day }
}

function withoutArticles(words: Word[]): Word[] {
  return words.slice(words.findIndex(({ text }) => !articles.has(text)))
}

/** Whether it says when, but not of which year. */
function isRelative(text: string, words: Word[], locale: string): boolean {
  if (words.some(({ text }) => /^\d{4}$/.test(text))) return false
  return (
    /^\s*\d{1,2}[./-]\d{1,2}\.?\s*$/.test(text) ||
    holdsPhrase(words, relativeDays) ||
    holdsPhrase(words, weekdays) ||
    words.some((word) => monthsOf(word, locale).length > 0)
  )
}
