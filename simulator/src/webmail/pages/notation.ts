import type { Language } from '../words/choose-language.ts'

/** How dates and sizes are written for a reader. */
export type Notation = {
  /** Day and time as short as a list wants it. */
  readonly shortDate: (date: Date) => string
  /** The full date with weekday. */
  readonly fullDate: (date: Date) => string
  /** A size in octets, rounded to kilobytes. */
  readonly size: (octets: number) => string
}

/**
 * Formats in the language of the page with the habits of the mailbox's region: in an English page, a mailbox of
 * `fr-CA` has its dates in `en-CA`. `locale` is a BCP 47 tag; a malformed one counts as having no region. Times
 * are in the machine's time zone.
 */
export function notationFor(language: Language, locale: string): Notation {
  const region = regionOf(locale)
  const tag = region === undefined ? language : `${language}-${region}`
  const shortDate = new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  })
  const fullDate = new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeStyle: 'short' })
  const size = new Intl.NumberFormat(tag, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })
  return {
    shortDate: (date) => shortDate.format(date),
    fullDate: (date) => fullDate.format(date),
    size: (octets) => size.format(Math.max(1, Math.round(octets / 1000))),
  }
}

function regionOf(locale: string): string | undefined {
  try {
    return new Intl.Locale(locale).region
  } catch {
    return undefined
  }
}
