import { useNotation } from '../../parts/notation.ts'

/** What stands for a figure that there is none of. */
const NONE = '–'

const units = [
  { unit: 'day', seconds: 86_400, from: 172_800 },
  { unit: 'hour', seconds: 3_600, from: 3_600 },
  { unit: 'minute', seconds: 60, from: 60 },
  { unit: 'second', seconds: 1, from: 0 },
] as const

/** The unit that a length of time is best told in. */
export function unitOf(seconds: number): { unit: (typeof units)[number]['unit']; seconds: number } {
  return units.find(({ from }) => seconds >= from) ?? units[3]
}

/** Writes figures in the reader's notation; `–` for those that there are none of. */
export function useWritten() {
  const notation = useNotation()
  const count = new Intl.NumberFormat(notation)
  const share = new Intl.NumberFormat(notation, { style: 'percent', maximumFractionDigits: 0 })
  const day = new Intl.DateTimeFormat(notation, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return {
    count: (value: number) => count.format(value),
    share: (value: number | null) => (value === null ? NONE : share.format(value)),
    /** `3.4 hours`. */
    duration: (seconds: number | null) => {
      if (seconds === null) return NONE
      const { unit, seconds: one } = unitOf(seconds)
      const value = seconds / one
      const digits = { maximumFractionDigits: value < 10 ? 1 : 0 }
      return new Intl.NumberFormat(notation, { style: 'unit', unit, unitDisplay: 'long', ...digits }).format(
        value,
      )
    },
    /** A step of an axis in one unit: `3 h`. */
    tick: (value: number, unit: string) =>
      new Intl.NumberFormat(notation, { style: 'unit', unit, unitDisplay: 'short' }).format(value),
    /** The day that a week begins with: `23 Nov`. */
    day: (startsOn: string) => day.format(new Date(startsOn)),
  }
}
