import { calendarDate } from '../../calendar-date.ts'
import { dateOrder } from './date-order.ts'

const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/
const yearLast = /^(\d{1,2})(\.\p{Zs}?|[-/]|\p{Zs})(\d{1,2})\2(\d{4}|\d{2})$/u

/**
 * The days that figures may mean, null among them for one that the calendar does not have. Null when they are not those
 * of a day. The language says which is the day and which the month; where one is beyond 12, nothing has to.
 */
export function daysInFigures(text: string, locale: string): (string | null)[] | null {
  const [, year, , month, day] = yearFirst.exec(text) ?? []
  if (year !== undefined) return [calendarDate(Number(year), Number(month), Number(day))]
  const [, first, mark, second, last = ''] = yearLast.exec(text) ?? []
  if (first === undefined) return null
  const isShort = last.length === 2
  const lastYear = Number(isShort ? `20${last}` : last)
  const dayFirst = calendarDate(lastYear, Number(second), Number(first))
  const monthFirst = calendarDate(lastYear, Number(first), Number(second))
  // A year in two digits may stand in front as well, as ISO 8601 had it until 2004.
  if (isShort && mark === '-')
    return [dayFirst, monthFirst, calendarDate(Number(`20${first}`), Number(second), Number(last))]
  const order = dateOrder(locale)
  if (order === 'day-first' && dayFirst !== null) return [dayFirst]
  return order === 'month-first' && monthFirst !== null ? [monthFirst] : [dayFirst, monthFirst]
}
