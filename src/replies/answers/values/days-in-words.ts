import { calendarDate } from '../../calendar-date.ts'
import { dateWords } from '../../date-at.ts'
import { phraseAt } from '../../phrases.ts'
import type { Word } from '../../words.ts'

/** Words in a date that change nothing: `15 de julio de 2026`, `15th of July 2026`, `15 lipca 2026 r.` */
const connectives = new Set(['de', 'del', 'of', 'r', 'roku'])

/** October in Croatian, November in Polish. */
const croatianMonths = new Map([['listopada', 10]])

/** The days that a text with the name of a month may mean, as `daysInFigures` gives them. Null without name, day or year. */
export function daysInWords(words: Word[], locale: string): (string | null)[] | null {
  const [first, second, third, ...others] = words.filter(({ text }) => !connectives.has(text))
  if (first === undefined || second === undefined || third === undefined || others.length > 0) return null
  const orders: [day: Word, month: Word, year: Word][] = [
    [first, second, third],
    [second, first, third],
    [third, second, first],
  ]
  for (const [day, month, year] of orders) {
    const date = /^(\d{1,2})(st|nd|rd|th|er|[oa])?$/.exec(day.text)
    const months = monthsOf(month, locale)
    if (date === null || months.length === 0 || !/^\d{4}$/.test(year.text)) continue
    return months.map((month) => calendarDate(Number(year.text), month, Number(date[1])))
  }
  return null
}

/** The months that a word names, from 1. */
export function monthsOf(word: Word, locale: string): number[] {
  const named = [...dateWords.values()].flatMap(({ months }) => phraseAt([word], 0, months)?.value ?? [])
  const croatian = locale === 'pl' ? undefined : croatianMonths.get(word.text)
  return [...new Set([...named, ...(croatian === undefined ? [] : [croatian])])]
}
