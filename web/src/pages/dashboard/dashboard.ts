import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/schema.ts'

type Schemas = components['schemas']
export type Dashboard = Schemas['Dashboard']
export type Span = Schemas['DashboardSpan']
export type Week = Dashboard['weeks'][number]
export type MailboxHealth = Schemas['MailboxHealth']

/** In the order in which they are drawn and listed. */
export const doors = ['mail', 'portal', 'api'] as const satisfies (keyof Span['decisions'])[]

/** Whoever leaves the page open sees what has changed, and the database hardly notices. */
const LOOK_MS = 30_000

/** How the installation does, over so many weeks of the reader's calendar. */
export const dashboardQuery = (weeks: number, language: string) =>
  queryOptions({
    // The server tells in words what is wrong with a mailbox.
    queryKey: ['dashboard', weeks, language],
    queryFn: () => {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
      return answerOf(api.GET('/api/dashboard', { params: { query: { weeks, timeZone } } }))
    },
    refetchInterval: LOOK_MS,
    placeholderData: keepPreviousData,
  })

/** Decisions by all doors together. */
export function decisionsOf({ decisions }: Span): number {
  return doors.reduce((sum, door) => sum + decisions[door], 0)
}

/** The share of decisions that were made by mail, and of replies that were asked back; null of none. */
export function sharesOf(span: Span): { byMail: number | null; askedBack: number | null } {
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)
  return {
    byMail: share(span.decisions.mail, decisionsOf(span)),
    askedBack: share(span.askedBack, span.replies),
  }
}

/** Whether there is anything yet that a request can be made for. */
export const hasProcessQuery = queryOptions({
  queryKey: ['dashboard', 'has-process'],
  queryFn: async () => {
    const { items } = await answerOf(api.GET('/api/processes', { params: { query: { limit: 1 } } }))
    return items.length > 0
  },
})
