import type { Locale } from './translate.ts'

/** Whose notation a reader of the language expects. */
const regions = { en: 'en-GB', fr: 'fr-FR' } as const

/** The size of a file as people read it, in units of 1,024 as their file managers count: `182 kB`, `1,2 Mo`. */
export function formatSize(octets: number, locale: Locale): string {
  const kilo = octets / 1024
  const whole = Math.max(1, Math.round(kilo))
  const [value, unit] = whole < 1000 ? [whole, 'kilobyte'] : [kilo / 1024, 'megabyte']
  return new Intl.NumberFormat(regions[locale], { style: 'unit', unit, maximumFractionDigits: 1 }).format(
    value,
  )
}
