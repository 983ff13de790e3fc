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

/**
 * The day that begins at a word, as `2026-11-30`, and where the words go on behind it; null when none does. A date without
 * year is the next one from the message's own date; `3/4/2026` in English is nobody's date and not guessed.
 */
export function dateAt(
  words: Word[],
  at: number,
  { months, dayFirst }: DateWords,
  sentOn: Date | null,
): { day: string; end: number } | null {
  // Spanish and Portuguese say `30 de noviembre de 2026`.
  const indexes = Array.from(words.slice(at, at + longestDate), (_, index) => at + index).filter(
    (index) => !/^del?$/.test(words[index]?.text ?? ''),
  )
  const date = indexes.flatMap((index) => words[index] ?? [])
  const number = (index: number) => numberOf(date[index]?.text)
  const month = (index: number) => phraseAt(date, index, months)?.value ?? null
  const [first, second, third] = [number(0), number(1), number(2)]
  const found = (year: number | null, month: number | null, day: number | null, length: number) => {
    const iso = isoDate(year, month, day, sentOn)
    return iso === null ? null : { day: iso, end: (indexes[length - 1] ?? at) + 1 }
  }
  if (first !== null && first > 31) return found(first, second, third, 3)
  const year = yearOf(third)
  const length = year === null ? 2 : 3
  if (month(1) !== null) return found(year, month(1), first, length)
  if (month(0) !== null) return found(year, month(0), second, length)
  if (third === null || first === null || second === null) return null
  if (dayFirst || first > 12) return found(year, second, first, 3)
  return second > 12 ? found(year, first, second, 3) : null
}

/** `28`, `28th`, `1er`. */
function numberOf(word: string | undefined): number | null {
  const digits = /^(\d{1,4})(st|nd|rd|th|er)?$/.exec(word ?? '')?.[1]
  return digits === undefined ? null : Number(digits)
}

function yearOf(number: number | null): number | null {
  return number !== null && number >= 2000 ? number : null
}

function isoDate(
  year: number | null,
  month: number | null,
  day: number | null,
  sentOn: Date | null,
): string | null {
  if (month === null || day === null) return null
  if (year !== null) return calendarDate(year, month, day)
  if (sentOn === null) return null
  const sent = sentOn.toISOString().slice(0, 10)
  const thisYear = calendarDate(sentOn.getUTCFullYear(), month, day)
  return thisYear !== null && thisYear >= sent
    ? thisYear
    : calendarDate(sentOn.getUTCFullYear() + 1, month, day)
}
