import type { Locale } from '../../lib/translate.ts'

// British notation: day, month in letters, year cannot be misread, whichever side of the Atlantic the reader is on.
const notation: Record<Locale, string> = { en: 'en-GB', fr: 'fr-FR' }

/** Kept, for making one takes a hundred times as long as using it. People choose zones, and may write one in many ways. */
const formats = new Map<string, Intl.DateTimeFormat>()

const MOST_KEPT = 500

/** `24 November 2026 at 14:03 CET`: a moment in the reader's language, in the zone `timeZone`. */
export function localTime(moment: Date, locale: Locale, timeZone: string): string {
  const key = `${locale} ${timeZone}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(notation[locale], {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
      timeZoneName: 'short',
    })
    if (formats.size >= MOST_KEPT) formats.clear()
    formats.set(key, format)
  }
  return ordinal(format.format(moment), locale)
}

/** `8 December 2026`: a calendar date (ISO 8601) in the reader's language. */
export function localDate(date: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(notation[locale], { dateStyle: 'long', timeZone: 'UTC' })
  return ordinal(format.format(new Date(date)), locale)
}

/** French writes the first of a month as an ordinal, which Intl leaves out. */
const ordinal = (written: string, locale: Locale): string =>
  locale === 'fr' ? written.replace(/^1 /, '1er ') : written
