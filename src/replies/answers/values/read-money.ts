import { minorDigits } from '../../../lib/currency.ts'
import { currencyOf } from './currency-marks.ts'
import { type Decimal, decimalsIn } from './decimals-in.ts'
import { notAValue, type ValueReading } from './value-reading.ts'

/** As many as a field of money holds. */
const mostDigits = 15

/** A currency may stand on either side, and the sign before it: `-€50`. */
const amount = /^([-−]?)([^\d−-]*)([-−]?\d[\d\p{Zs}.,'’]*(?<=[.,])[-–—]{1,2}|[-−]?\d[\d\p{Zs}.,'’]*)(\D*)$/u

/**
 * An amount in the writer's notation, with or without its currency, as `1250.00` with the digits of the currency. Where a
 * currency has three digits, `1,250` is two amounts in any language.
 */
export function readMoney(text: string, currency: string, locale: string): ValueReading {
  const [, sign = '', before = '', digits = '', after = ''] = amount.exec(text) ?? []
  // `- 50` may be an item of a list.
  if (digits === '' || (sign !== '' && /^\s/.test(before))) return notAValue
  for (const mark of [before, after]) {
    const named = currencyOf(mark, currency)
    if (named === 'unknown') return notAValue
    if (named === 'another') return { reason: 'wrong-currency' }
  }
  const places = minorDigits(currency)
  // `1250,-` is how a price without cents is written.
  const written = digits.trim().replace(/(?<=[.,])[-–—]{1,2}$/, '00')
  const decimals = decimalsIn(sign + written, places === 3 ? null : locale)
  const [first, ...others] = decimals
  if (first === undefined) return notAValue
  if (others.length > 0) {
    const meanings = decimals.map((decimal) => canonical(decimal, Math.max(places, significant(decimal))))
    return { reason: 'ambiguous', meanings }
  }
  // `.00` is how amounts are written where a currency has no cents as well; `1250,000` may lack a digit elsewhere.
  if (significant(first) > places || first.fraction.length > Math.max(places, 2))
    return { reason: 'too-precise' }
  const value = canonical(first, places)
  return value.replaceAll(/\D/g, '').length > mostDigits ? { reason: 'out-of-range' } : { value }
}

/** How many decimals say something. */
function significant({ fraction }: Decimal): number {
  return fraction.replace(/0+$/, '').length
}

function canonical({ isNegative, whole, fraction }: Decimal, places: number): string {
  const digits = whole.replace(/^0+(?=\d)/, '')
  const cents = fraction.slice(0, places).padEnd(places, '0')
  const value = cents === '' ? digits : `${digits}.${cents}`
  return isNegative && /[1-9]/.test(value) ? `-${value}` : value
}
