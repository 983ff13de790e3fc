import { z } from 'zod'
import { after } from '../../../lib/clock.ts'
import { isTimeZone } from '../../../lib/is-time-zone.ts'
import { weekStarts } from '../../../lib/week-starts.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { problemResponse } from '../../problem-details.ts'
import { loadMailboxViews } from '../mailboxes/load-mailbox-views.ts'
import { dashboardView, PERIOD_DAYS } from './dashboard-view.ts'
import { loadSpans } from './load-spans.ts'
import { loadWaiting } from './load-waiting.ts'

const PERIOD_MS = PERIOD_DAYS * 24 * 60 * 60_000
const MOST_WEEKS = 52

/** How the installation does, at a glance. */
export function dashboardRoutes(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/dashboard',
    {
      config: { right: { scope: 'requests:read', role: 'auditor' } },
      schema: {
        tags: ['dashboard'],
        operationId: 'getDashboard',
        summary: 'Mailboxes and their health, what waits, and how it was decided over weeks',
        querystring: z.strictObject({
          weeks: z.coerce.number().int().min(1).max(MOST_WEEKS).default(12),
          timeZone: z
            .string()
            .max(100)
            .refine(isTimeZone, { params: { expected: 'time-zone' } })
            .default('UTC')
            .describe('Whose Mondays the weeks begin with, `Europe/Paris`'),
        }),
        response: { 200: dashboardView, default: problemResponse },
      },
    },
    async ({ query, headers }) => {
      const { db } = context
      const now = context.clock()
      const mailboxes = await loadMailboxViews(context, chooseLocale(headers['accept-language']))
      const [before, lately] = await loadSpans(db, [
        { at: after(now, -2 * PERIOD_MS) },
        { at: after(now, -PERIOD_MS) },
      ])
      return {
        at: now.toISOString(),
        mailboxes: mailboxes.map((view) => ({ ...view, user: String(view.settings.user) })),
        waiting: await loadWaiting(db, now),
        lately,
        before,
        weeks: await loadSpans(db, weekStarts(now, query.weeks, query.timeZone)),
      }
    },
  )
}
