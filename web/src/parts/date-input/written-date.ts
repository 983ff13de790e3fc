/** How exactly a date field says when: by a day (`2026-12-31`), or by a minute of it (`2026-12-31T14:30`). */
export type Precision = 'day' | 'minute'

type Part = 'day' | 'month' | 'year'

// The order of the parts is the locale's; the calendar and the digits are those that can be typed and sent.
const style = { day: '2-digit', month: '2-digit', year: 'numeric', calendar: 'gregory' } as const

// 31/12/2026, 31.12.26, 2026-12-31, each with a time or without: 14:30, 14 h 30, 2:30 PM, 2:30 p.m.
const typedDate =
  /^(\d{1,4})[-/. ]{1,3}(\d{1,2})[-/. ]{1,3}(\d{1,4})(?:(?:T|,?\s{1,3})(\d{1,2})\s?[:h]\s?(\d{2})(?:\s?([ap])\.?\s?m\.?)?)?$/i

/** Whether a value is a date of that precision, and one that the calendar has. */
export function isDate(value: string, precision: Precision = 'day'): boolean {
  const [day = '', time, ...more] = value.split('T')
  if (more.length > 0 || (precision === 'day') !== (time === undefined)) return false
  return isDay(day) && (time === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(time))
}

/** A date in the notation of a locale; what is none stays as it is. */
export function writeDate(value: string, notation: string): string {
  if (isDate(value)) return partsIn(notation, value).join('')
  if (!isDate(value, 'minute')) return value
  const time = new Intl.DateTimeFormat(notation, {
    ...{ hour: '2-digit', minute: '2-digit', timeZone: 'UTC', numberingSystem: 'latn' },
  })
  return `${partsIn(notation, value).join('')} ${time.format(new Date(`${value}Z`))}`
}

/**
 * The date that is meant by what somebody typed in the notation of a locale, or null. The year may come first everywhere,
 * which nobody takes for something else; a day alone means its first minute.
 */
export function readDate(typed: string, notation: string, precision: Precision = 'day'): string | null {
  const [whole, first, second, third, hour, minute, half] = typedDate.exec(typed.trim()) ?? []
  if (whole === undefined || first === undefined || second === undefined || third === undefined) return null
  const order: Part[] = first.length === 4 ? ['year', 'month', 'day'] : orderOf(notation)
  const numbers = [first, second, third]
  const of = (part: Part) => numbers[order.indexOf(part)] ?? ''
  const year = of('year').length === 2 ? `20${of('year')}` : of('year')
  const day = `${year}-${of('month').padStart(2, '0')}-${of('day').padStart(2, '0')}`
  const time = hour === undefined ? '00:00' : `${hourOf(hour, half)}:${minute}`
  const value = precision === 'minute' ? `${day}T${time}` : day
  // A time where none can be kept was meant as something.
  if (precision === 'day' && hour !== undefined) return null
  return isDate(value, precision) ? value : null
}

/** The shape of a day in the notation of a locale, with these letters for its parts: `DD/MM/YYYY`. */
export function shapeOfDay(notation: string, letters: Record<Part, string>): string {
  return partsIn(notation, '2000-01-01', letters).join('')
}

function partsIn(notation: string, value: string, letters?: Record<Part, string>): string[] {
  const format = new Intl.DateTimeFormat(notation, { ...style, numberingSystem: 'latn', timeZone: 'UTC' })
  const parts = format.formatToParts(new Date(`${value.slice(0, 10)}T00:00:00Z`))
  return parts.map(({ type, value: text }) => (letters && isPart(type) ? letters[type] : text))
}

function orderOf(notation: string): Part[] {
  return new Intl.DateTimeFormat(notation, style)
    .formatToParts(0)
    .map(({ type }) => type)
    .filter(isPart)
}

function isPart(type: string): type is Part {
  return type === 'day' || type === 'month' || type === 'year'
}

function isDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false
  const midnight = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
}

/** The hour of 24; of one that no clock shows, what no time has. */
function hourOf(hour: string, half: string | undefined): string {
  const number = Number(hour)
  if (half === undefined) return hour.padStart(2, '0')
  if (number < 1 || number > 12) return '99'
  return String((number % 12) + (half.toLowerCase() === 'p' ? 12 : 0)).padStart(2, '0')
}
