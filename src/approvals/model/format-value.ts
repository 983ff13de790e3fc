import type { Locale } from '../../lib/translate.ts'
import { localText } from './local-text.ts'
import type { Field } from './process.ts'

/** Whose notation a reader of the language expects. */
const regions = { en: 'en-GB', fr: 'fr-FR' } as const

/**
 * A stored value as its readers write it: `18 460,00 €`, `15 July 2026`, the label of an option. A value that is not of
 * the field's type is shown as it is, and one that is not there as an empty text.
 */
export function formatValue(field: Field, value: unknown, locale: Locale): string {
  if (value === undefined || value === null) return ''
  switch (field.type) {
    case 'text':
      return String(value)
    case 'number':
      return typeof value === 'number' ? formatNumber(value, locale) : String(value)
    case 'money':
      return isDecimal(value) ? formatMoney(value, field.currency ?? '', locale) : String(value)
    case 'date':
      return typeof value === 'string' ? formatDate(value, locale) : String(value)
    case 'choice': {
      const option = field.options?.find((candidate) => candidate.value === value)
      return option === undefined ? String(value) : localText(option.label, locale)
    }
  }
}

function formatNumber(value: number, locale: Locale): string {
  return new Intl.NumberFormat(regions[locale], { maximumFractionDigits: 20 }).format(value)
}

function isDecimal(value: unknown): value is `${number}` {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
}

/** Formatted from its text, so that no digit is lost (ECMA-402, Intl mathematical values). */
function formatMoney(value: `${number}`, currency: string, locale: Locale): string {
  return new Intl.NumberFormat(regions[locale], { style: 'currency', currency }).format(value)
}

function formatDate(value: string, locale: Locale): string {
  const date = new Date(`${value}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return value
  const long = new Intl.DateTimeFormat(regions[locale], { dateStyle: 'long', timeZone: 'UTC' }).format(date)
  // French writes the first of a month as an ordinal, which Intl leaves out.
  return locale === 'fr' ? long.replace(/^1 /, '1er ') : long
}
