const DAY_MS = 24 * 60 * 60_000

/** A week of a reader's calendar: the Monday it begins with (`2026-11-23`), and the moment that day begins where they are. */
export interface WeekStart {
  startsOn: string
  at: Date
}

/**
 * The last `count` weeks in the time zone, oldest first; the last is the one that `now` lies in. They begin on Mondays
 * (ISO 8601), and last an hour more or less where clocks change.
 */
export function weekStarts(now: Date, count: number, timeZone: string): WeekStart[] {
  const clock = clockOf(timeZone)
  // Days of the calendar are counted as if they were UTC's, which all have 24 hours.
  const today = Math.floor(clock(now) / DAY_MS) * DAY_MS
  const sinceMonday = (new Date(today).getUTCDay() + 6) % 7
  const monday = today - sinceMonday * DAY_MS
  return Array.from({ length: count }, (_, index) => {
    const start = monday - (count - 1 - index) * 7 * DAY_MS
    return { startsOn: new Date(start).toISOString().slice(0, 10), at: momentOf(start, clock) }
  })
}

/** What clocks in a zone show at a moment, as milliseconds: of the moment at which they show the same in UTC. */
type LocalClock = (moment: Date) => number

function clockOf(timeZone: string): LocalClock {
  const format = new Intl.DateTimeFormat('en', {
    ...{
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    },
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
  } as const)
  return (moment) => {
    const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]))
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  }
}

/** When clocks show this; where they are put forward over it, up to an hour beside it. */
function momentOf(local: number, clock: LocalClock): Date {
  const ahead = (moment: number) => clock(new Date(moment)) - moment
  const near = local - ahead(local)
  return new Date(local - ahead(near))
}
