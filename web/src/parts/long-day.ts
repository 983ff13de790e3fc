import { useNotation } from './notation.ts'

/** Writes a calendar day out in the reader's notation; the first of a month is `1er` in French. */
export function useLongDay(): (day: string) => string {
  const notation = useNotation()
  const format = new Intl.DateTimeFormat(notation, { dateStyle: 'long', timeZone: 'UTC' })
  return (day) => {
    const written = format.format(new Date(day))
    return notation.startsWith('fr') ? written.replace(/^1 /, '1er ') : written
  }
}
