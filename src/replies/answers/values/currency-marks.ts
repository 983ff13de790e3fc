import { isCurrency } from '../../../lib/currency.ts'
import { deepLanguages } from '../../languages/all-languages.ts'
import { phraseKey } from '../../phrases.ts'

/** The currencies that are told from an unknown word by their names; any other by its code or sign. */
const known = ['EUR', 'USD', 'GBP', 'CHF', 'CAD', 'JPY', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'AUD']

/** What people write beside what CLDR has: Swiss price tags. */
const customary: Record<string, string[]> = { CHF: ['Fr', 'Frs', 'SFr'] }

/** A word of a name is a name in short: `1250 pounds` are British ones where those are asked for. */
const shortestName = 4

/**
 * Which currency the text beside an amount names: none or the one that is asked for, another, or it cannot be told. A sign
 * that currencies share (`$`) is that of the one asked for.
 */
export function currencyOf(mark: string, asked: string): 'asked' | 'another' | 'unknown' {
  const written = markKey(mark)
  if (/^[\s.]*$/.test(mark) || marksOf(asked).has(written)) return 'asked'
  const isAnother =
    /^\p{Sc}$/u.test(written) ||
    isCurrency(written.toUpperCase()) ||
    known.some((code) => marksOf(code).has(written))
  return isAnother ? 'another' : 'unknown'
}

/** Signs are kept, which the folding of words leaves out. */
function markKey(mark: string): string {
  return /\p{Sc}/u.test(mark)
    ? mark.replaceAll(/[\p{Zs}.]/gu, '').toLowerCase()
    : phraseKey(mark.slice(0, 60))
}

function marksOf(currency: string): ReadonlySet<string> {
  const remembered = marks.get(currency)
  if (remembered !== undefined) return remembered
  const names = deepLanguages.flatMap(({ locale }) => namesIn(locale, currency))
  const written = [currency, ...(customary[currency] ?? []), ...names].map(markKey)
  const words = names.flatMap((name) =>
    markKey(name)
      .split(' ')
      .filter((word) => word.length >= shortestName),
  )
  const found = new Set([...written, ...words])
  marks.set(currency, found)
  return found
}

/** Bounded by the number of currencies. */
const marks = new Map<string, ReadonlySet<string>>()

/** Its signs and names in a language, these as they stand beside one, a few, many and a part. */
function namesIn(locale: string, currency: string): string[] {
  const format = (currencyDisplay: 'symbol' | 'narrowSymbol' | 'name', amount: number) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay, minimumFractionDigits: 0 })
      .formatToParts(amount)
      .filter(({ type }) => type === 'currency')
      .map(({ value }) => value)
  return [
    ...format('symbol', 1),
    ...format('narrowSymbol', 1),
    ...[1, 2, 5, 1.5].flatMap((amount) => format('name', amount)),
  ]
}
