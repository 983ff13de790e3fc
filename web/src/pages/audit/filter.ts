import { isAddress, requestNumber } from '../../parts/filter-values.ts'
import { daysAfter, startOfDay } from '../../parts/start-of-day.ts'

/** In the order in which they are offered: what decides, what is out of the ordinary, what happens to every request. */
export const kinds = [
  'action-decided',
  'reply-held',
  'reply-rejected',
  'action-delegated',
  'action-stood-in',
  'action-reassigned',
  'action-commented',
  'answer-kept',
  'automatic-reply',
  'reply-too-large',
  'mail-undelivered',
  'mail-delayed',
  'mail-run-again',
  'mailbox-migrated',
  'evidence-exported',
  'assignment-failed',
  'request-cancelled',
  'request-created',
  'action-opened',
  'request-completed',
] as const
export type Kind = (typeof kinds)[number]

/** What the audit is filtered by; all of it stands in the address of the page. */
export interface Filter {
  request?: number
  person?: string
  kind?: Kind
  /** Days of the reader's calendar, both among those that are meant: `2026-11-24`. */
  from?: string
  to?: string
}

/** The filter in an address, without what is none. */
export function filterIn({ request, person, kind, from, to }: Record<string, unknown>): Filter {
  const wanted = {
    request: requestNumber(request),
    person: typeof person === 'string' && isAddress(person) ? person : undefined,
    kind: kinds.find((one) => one === kind),
    from: dayIn(from),
    to: dayIn(to),
  }
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
}

function dayIn(value: unknown): string | undefined {
  const isDay = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
  return isDay && !Number.isNaN(Date.parse(value)) ? value : undefined
}

/** The filter as the API takes it: from the midnight before the first day to the one after the last, where the reader is. */
export function toQuery({ from, to, ...others }: Filter, timeZone: string) {
  return {
    ...others,
    ...(from !== undefined && { since: startOfDay(from, timeZone).toISOString() }),
    ...(to !== undefined && { until: startOfDay(daysAfter(to, 1), timeZone).toISOString() }),
  }
}
