import { knownLocale } from './known-locale.ts'

/** Which of two figures is the day; null where people write both, or begin with the year and may write either. */
export type DateOrder = 'day-first' | 'month-first' | null

/** How a language writes dates in figures. English by itself is written in both ways, `en-GB` and `en-US` in one. */
export function dateOrder(locale: string): DateOrder {
  const remembered = orders.get(locale)
  if (remembered !== undefined) return remembered
  const order = findOrder(locale)
  if (orders.size < mostRemembered) orders.set(locale, order)
  return order
}

const orders = new Map<string, DateOrder>()
const mostRemembered = 100

function findOrder(locale: string): DateOrder {
  const known = knownLocale(locale)
  if (known === null || known === 'en') return null
  const [first] = new Intl.DateTimeFormat(known, { dateStyle: 'short' }).formatToParts(0)
  if (first?.type === 'day') return 'day-first'
  return first?.type === 'month' ? 'month-first' : null
}
