/** A day as `2026-11-30`; null when the calendar does not have it, or its year is none that anybody means. */
export function calendarDate(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2999) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.toISOString().slice(0, 10) : null
}
