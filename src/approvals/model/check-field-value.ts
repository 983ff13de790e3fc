import { minorDigits } from '../../lib/currency.ts'
import { foldAddress } from '../../lib/fold-address.ts'
import { mailAddressPattern } from './mail-address.ts'
import type { Finding, ProblemCode } from './problem.ts'
import type { Field } from './process.ts'

const MAX_TEXT = 4_000
/** Beyond it neighbouring integers share one JavaScript number. */
const MAX_NUMBER = Number.MAX_SAFE_INTEGER

export type CheckedValue = { value: string | number } | { code: ProblemCode; values: Finding['values'] }

/** A value that is not empty, as its field's type says, in the form in which it is stored; or what is wrong with it. */
export function checkFieldValue(field: Field, value: unknown): CheckedValue {
  switch (field.type) {
    case 'text':
      return field.person === true ? checkPerson(value) : checkText(value)
    case 'number':
      return checkNumber(value)
    case 'money':
      return checkMoney(value, field.currency ?? '')
    case 'date':
      return checkDate(value)
    case 'choice':
      return checkOption(value, field.options ?? [])
  }
}

function refuse(code: ProblemCode, values: Finding['values'] = {}): CheckedValue {
  return { code, values }
}

function checkText(value: unknown): CheckedValue {
  if (typeof value !== 'string') return refuse('data-text')
  const text = value.replace(/\r\n?/g, '\n').trim()
  if (text.length > MAX_TEXT) return refuse('data-too-long', { max: MAX_TEXT })
  // PostgreSQL stores neither NUL nor half a surrogate pair, and the other control characters have no place in mail.
  return /[^\P{Cc}\n\t]/u.test(text) || !text.isWellFormed()
    ? refuse('data-control-character')
    : { value: text }
}

function checkPerson(value: unknown): CheckedValue {
  if (typeof value !== 'string' || !mailAddressPattern.test(value.trim())) return refuse('data-person')
  return { value: foldAddress(value) }
}

function checkNumber(value: unknown): CheckedValue {
  if (typeof value !== 'number' || !(Math.abs(value) <= MAX_NUMBER)) return refuse('data-number')
  return { value }
}

/** Money travels as text: 0.1 + 0.2 is not 0.3 in floating point. */
function checkMoney(value: unknown, currency: string): CheckedValue {
  const digits = minorDigits(currency)
  const example = (18460).toFixed(digits)
  const amount = typeof value === 'string' ? /^(-?)0*(\d{1,15})(?:\.(\d{1,10}))?$/.exec(value.trim()) : null
  if (amount === null) return refuse('data-money', { example, currency })
  const [, sign = '', whole = '', fraction = ''] = amount
  if (fraction.length > digits) return refuse('data-money-digits', { digits, example, currency })
  return { value: `${sign}${whole}${digits === 0 ? '' : `.${fraction.padEnd(digits, '0')}`}` }
}

/** ISO 8601, and a day that the calendar has. */
function checkDate(value: unknown): CheckedValue {
  if (typeof value !== 'string' || !/^(19|2\d)\d\d-\d\d-\d\d$/.test(value)) return refuse('data-date')
  const date = new Date(`${value}T00:00:00Z`)
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
  return isDay ? { value } : refuse('data-date')
}

function checkOption(value: unknown, options: NonNullable<Field['options']>): CheckedValue {
  const option = options.find((candidate) => candidate.value === value)
  if (option !== undefined) return { value: option.value }
  return refuse('data-option', { options: options.map((candidate) => candidate.value).join(', ') })
}
