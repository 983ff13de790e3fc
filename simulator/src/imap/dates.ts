import { badArguments } from './imap-refusal.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAY = 86_400_000

/** The day of a moment, counted from the epoch in UTC. */
export const dayOf = (milliseconds: number) => Math.floor(milliseconds / DAY)

/** The day that `1-Feb-2026` names. @throws ImapRefusal BAD */
export function readDay(text: string): number {
  const [, day, month, year] = /^ ?(\d{1,2})-([A-Za-z]{3})-(\d{4})$/.exec(text) ?? []
  return dayOf(momentOf(day, month, year))
}

/** The moment of ` 1-Feb-2026 09:30:00 +0100` (RFC 3501, section 9, date-time). @throws ImapRefusal BAD */
export function readDateTime(text: string): number {
  const pattern = /^([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/
  const [, day, month, year, hours, minutes, seconds, sign, zoneHours, zoneMinutes] = pattern.exec(text) ?? []
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1)
  const within = (Number(hours) * 60 + Number(minutes) - zone) * 60_000 + Number(seconds) * 1000
  const moment = momentOf(day, month, year) + within
  if (Number.isNaN(moment)) throw badArguments()
  return moment
}

function momentOf(day: string | undefined, month: string | undefined, year: string | undefined): number {
  const index = MONTHS.findIndex((name) => name.toLowerCase() === month?.toLowerCase())
  const moment = Date.UTC(Number(year), index, Number(day))
  if (index < 0 || Number.isNaN(moment)) throw badArguments()
  return moment
}

/** A moment as INTERNALDATE has it, in UTC. */
export function writeDateTime(milliseconds: number): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) (\S+) GMT$/.exec(new Date(milliseconds).toUTCString()) ?? []
  return `"${day}-${month}-${year} ${time} +0000"`
}
