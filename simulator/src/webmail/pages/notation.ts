/** Formats in a reader's notation. */
export type Notation = {
  /** Day and time as short as a list wants it. */
  readonly shortDate: (date: Date) => string
  /** The full date with weekday and seconds. */
  readonly fullDate: (date: Date) => string
  /** A size in octets, rounded to kilobytes. */
  readonly size: (octets: number) => string
}

/** `locale` is a BCP 47 tag; one that is malformed counts as English. Times are in the machine's time zone. */
export function notationFor(locale: string): Notation {
  const known = isLocale(locale) ? locale : 'en'
  const shortDate = new Intl.DateTimeFormat(known, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  })
  const fullDate = new Intl.DateTimeFormat(known, { dateStyle: 'full', timeStyle: 'medium' })
  const size = new Intl.NumberFormat(known, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })
  return {
    shortDate: (date) => shortDate.format(date),
    fullDate: (date) => fullDate.format(date),
    size: (octets) => size.format(Math.max(1, Math.round(octets / 1000))),
  }
}

function isLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1
  } catch {
    return false
  }
}
