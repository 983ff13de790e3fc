import { withFirstOfMonth } from './first-of-month.ts'
import { useNotation } from './notation.ts'
import { useTimeZone } from './time-zone.ts'

/** Writes the day of a moment as the reader does: `Monday 30 November`. */
export function useDayOf(): (at: string) => string {
  const notation = useNotation()
  const format = new Intl.DateTimeFormat(notation, {
    ...{ weekday: 'long', day: 'numeric', month: 'long' },
    timeZone: useTimeZone(),
  })
  return (at) => withFirstOfMonth(format.format(new Date(at)), notation)
}
