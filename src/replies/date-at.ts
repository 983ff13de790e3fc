import { calendarDate } from './calendar-date.ts'
import { deepLanguages } from './languages/all-languages.ts'
import { type Phrases, phraseAt, phrasesFrom } from './phrases.ts'
import type { Word } from './words.ts'

/** Three words, and one between each two. */
const longestDate = 5

/** How a language writes dates. */
interface DateWords {
  /** Month by name, from 1. */
  months: Phrases<number>
  dayFirst: boolean
}

/** By locale, for the deep languages. */
export const dateWords: ReadonlyMap<string, DateWords> = new Map(
  deepLanguages.map(({ locale, returnDate: { months, dayFirst } }) => [
    locale,
    {
      months: phrasesFrom(months.flatMap((names, index) => names.map((name) => [name, index + 1] as const))),
      dayFirst,
    },
  ]),
)

/** Words within a date that say nothing: `the 7th of December`, `30 de noviembre de 2026`. */
const fillers = /^(del?|of|the)$/

/**
 * The day that begins at a word, as `2026-11-30`, and where the words go on behind it; null when none does. A date without
 * year is the next one from the message's own date, and none when it has just gone by; `3/4/2026` in English is nobody's
 * date and not guessed.
 *
 * @param text What the words stand in: in figures, the marks between them make a date of them.
 */
export function dateAt(
  text: string,
  words: Word[],
  at: number,
  { months, dayFirst }: DateWords,
  sentOn: Date | null,
): { day: string; end: number } | null {
  if (numberOf(words[at]?.text) === null && phraseAt(words, at, months) === null) return null
  const indexes = Array.from(words.slice(at, at + longestDate), (_, index) => at + index).filter(
    (index) => !fillers.test(words[index]?.text ?? ''),
  )
  const date = indexes.flatMap((index) => words[index] ?? [])
  const number = (index: number) => numberOf(date[index]?.text)
  const month = (index: number) => phraseAt(date, index, months)?.value ?? null
  const found = (year: number | null, month: number | null, day: number | null, length: number) => {
    const iso = isoDate(year, month, day, sentOn)
    return iso === null ? null : { day: iso, end: (indexes[length - 1] ?? at) + 1 }
  }
  const [first, second, third] = [number(0), number(1), number(2)]
  const wordedYear = third !== null && third >= 2000 ? third : null
  const length = wordedYear === null ? 2 : 3
  if (month(1) !== null) return found(wordedYear, month(1), first, length)
  if (month(0) !== null) return found(wordedYear, month(0), second, length)
  if (first === null || second === null) return null

  const mark = markBefore(text, date, 1)
  if (first > 31) return mark === null ? null : found(first, second, third, 3)
  const year = third === null || markBefore(text, date, 2) !== mark ? null : yearInFigures(third)
  if (mark === null || (year === null && !isDayAndMonth(text, date, mark, dayFirst))) return null
  const figures = year === null ? 2 : 3
  if (dayFirst || first > 12) return found(year, second, first, figures)
  return second > 12 ? found(year, first, second, figures) : null
}

/** The mark between two figures of a date, `.` for `. `; null for anything else. */
function markBefore(text: string, date: Word[], at: number): string | null {
  const between = text.slice(date[at - 1]?.to, date[at]?.from)
  return /^(?:[/-]|\. ?)$/.test(between) ? between.trim() : null
}

/** `4.12.` and `23/11`, of which a dash makes a range, and in English a point a time. */
function isDayAndMonth(text: string, date: Word[], mark: string, dayFirst: boolean): boolean {
  const isTime = /^\s{0,2}(?:uhr|h\b|am\b|pm\b)/i.test(text.slice(date[1]?.to).slice(0, 8))
  return !isTime && (mark === '/' || (mark === '.' && dayFirst))
}

/** `2026`, or `26`. */
function yearInFigures(year: number): number | null {
  if (year >= 2000) return year
  return year >= 20 && year < 100 ? 2000 + year : null
}

/** `28`, `28th`, `1er`, `7e`, `1º`. */
function numberOf(word: string | undefined): number | null {
  const digits = /^(\d{1,4})(st|nd|rd|th|er|e|o|ste|de)?$/.exec(word ?? '')?.[1]
  return digits === undefined ? null : Number(digits)
}

/** An absence that ended so recently is over; it does not last until next year. */
const justPastMs = 31 * 24 * 60 * 60 * 1_000

/** Null for a day before the message. */
function isoDate(
  year: number | null,
  month: number | null,
  day: number | null,
  sentOn: Date | null,
): string | null {
  if (month === null || day === null) return null
  const sent = sentOn?.toISOString().slice(0, 10) ?? null
  if (year !== null) {
    const date = calendarDate(year, month, day)
    return date !== null && (sent === null || date >= sent) ? date : null
  }
  if (sentOn === null || sent === null) return null
  const thisYear = calendarDate(sentOn.getUTCFullYear(), month, day)
  if (thisYear !== null && thisYear >= sent) return thisYear
  const isJustPast = thisYear !== null && Date.parse(sent) - Date.parse(thisYear) <= justPastMs
  return isJustPast ? null : calendarDate(sentOn.getUTCFullYear() + 1, month, day)
}
