import { withFirstOfMonth } from './first-of-month.ts'
import { useNotation } from './notation.ts'

/** Writes a calendar day out in the reader's notation. */
export function useLongDay(): (day: string) => string {
  const notation = useNotation()
  const format = new Intl.DateTimeFormat(notation, { dateStyle: 'long', timeZone: 'UTC' })
  return (day) => withFirstOfMonth(format.format(new Date(day)), notation)
}
