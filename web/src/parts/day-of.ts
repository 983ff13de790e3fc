import { useNotation } from './notation.ts'

/** Writes the day of a moment as the reader does: `Monday 30 November`. */
export function useDayOf(): (at: string) => string {
  const format = new Intl.DateTimeFormat(useNotation(), { weekday: 'long', day: 'numeric', month: 'long' })
  return (at) => format.format(new Date(at))
}
