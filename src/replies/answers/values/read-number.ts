import { type Decimal, decimalsIn } from './decimals-in.ts'
import { notAValue, type ValueReading } from './value-reading.ts'

/** So many digits survive in a JavaScript number, as which they are stored. */
const mostDigits = 15

/** A number in the writer's notation, as `1234.5`. */
export function readNumber(text: string, locale: string): ValueReading {
  const [first, ...others] = decimalsIn(text, locale).map(canonical)
  if (first === undefined) return notAValue
  if (others.length > 0) return { reason: 'ambiguous', meanings: [first, ...others] }
  return first.replaceAll(/\D/g, '').length > mostDigits ? { reason: 'out-of-range' } : { value: first }
}

function canonical({ isNegative, whole, fraction }: Decimal): string {
  const digits = whole.replace(/^0+(?=\d)/, '')
  const decimals = fraction.replace(/0+$/, '')
  const number = decimals === '' ? digits : `${digits}.${decimals}`
  return isNegative && number !== '0' ? `-${number}` : number
}
