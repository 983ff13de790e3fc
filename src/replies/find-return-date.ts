import { deepLanguages } from './languages/all-languages.ts'
import { type Phrases, phraseAt, phrasesFrom } from './phrases.ts'
import { type Word, wordsOf } from './words.ts'

/** An automatic reply says it early. */
const searchedLength = 8 * 1024

/** Words such as `on Monday the` between the introduction and the date. */
const wordsBetween = 5

/** Three words, and one between each two. */
const longestDate = 5

interface DateWords {
  introductions: Phrases<true>
  /** Month by name, from 1. */
  months: Phrases<number>
  dayFirst: boolean
}

const dateWords: DateWords[] = deepLanguages.map(({ returnDate: { introductions, months, dayFirst } }) => ({
  introductions: phrasesFrom(introductions.map((phrase) => [phrase, true] as const)),
  months: phrasesFrom(months.flatMap((names, index) => names.map((name) => [name, index + 1] as const))),
  dayFirst,
}))

/**
 * The day named behind words such as *until* or *back on*, as `2026-11-30`; null when there is none. A date without
 * year is the next one from the message's own date; `3/4/2026` in English is nobody's date and not guessed.
 */
export function findReturnDate(text: string, sentOn: Date | null): string | null {
  const words = wordsOf(text.slice(0, searchedLength))
  for (let at = 0; at < words.length; at += 1) {
    for (const language of dateWords) {
      const introduction = phraseAt(words, at, language.introductions)
      if (introduction === null) continue
      const start = at + introduction.length
      for (let skipped = 0; skipped <= wordsBetween; skipped += 1) {
        const date = dateAt(words, start + skipped, language, sentOn)
        if (date !== null) return date
      }
    }
  }
  return null
}

function dateAt(
  words: Word[],
  at: number,
  { months, dayFirst }: DateWords,
  sentOn: Date | null,
): string | null {
  // Spanish and Portuguese say `30 de noviembre de 2026`.
  const date = words.slice(at, at + longestDate).filter(({ text }) => text !== 'de' && text !== 'del')
  const number = (index: number) => numberOf(date[index]?.text)
  const month = (index: number) => phraseAt(date, index, months)?.value ?? null
  const [first, second, third] = [number(0), number(1), number(2)]
  if (first !== null && first > 31) return isoDate(first, second, third, sentOn)
  if (month(1) !== null) return isoDate(yearOf(third), month(1), first, sentOn)
  if (month(0) !== null) return isoDate(yearOf(third), month(0), second, sentOn)
  if (third === null || first === null || second === null) return null
  if (dayFirst || first > 12) return isoDate(yearOf(third), second, first, sentOn)
  return second > 12 ? isoDate(yearOf(third), first, second, sentOn) : null
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

/** Null for a day that the calendar does not have. */
function calendarDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.toISOString().slice(0, 10) : null
}
