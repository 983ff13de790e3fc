import { deepLanguages } from '../../languages/all-languages.ts'
import { type Phrases, phrasesFrom } from '../../phrases.ts'

const sunday = Date.UTC(2026, 0, 4)
const dayMs = 24 * 60 * 60 * 1_000

/** Weekdays by name, long and short, from Sunday as 0. */
export const weekdays: Phrases<number> = phrasesFrom(
  deepLanguages.flatMap(({ locale }) =>
    (['long', 'short'] as const).flatMap((weekday) => {
      const format = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' })
      return Array.from({ length: 7 }, (_, day) => [format.format(sunday + day * dayMs), day] as const)
    }),
  ),
)

/** Words that name a day, a week, a month or a year by when they are read: `tomorrow`, `la semaine prochaine`. */
export const relativeDays: Phrases<true> = phrasesFrom(
  deepLanguages.flatMap(({ locale }) => {
    const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
    const days = [-2, -1, 0, 1, 2].map((offset) => format.format(offset, 'day'))
    const spans = (['week', 'month', 'year'] as const).flatMap((unit) =>
      [0, 1].map((offset) => format.format(offset, unit)),
    )
    return [...days, ...spans].map((phrase) => [phrase, true] as const)
  }),
)
