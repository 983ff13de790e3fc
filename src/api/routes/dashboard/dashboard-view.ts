import { z } from 'zod'
import { timestamp } from '../../common-schemas.ts'
import { mailboxView } from '../mailboxes/mailbox-view.ts'

const count = z.int().min(0)

/** Upper ends of the ages by which waiting approvals are counted, in days; what is older comes last. */
export const AGE_ENDS = [1, 3, 7, 14]

/** How long a period is that the figures on top of the dashboard are about. */
export const PERIOD_DAYS = 28

const spanView = z
  .object({
    decisions: z.object({ mail: count, portal: count, api: count }).describe('Decisions by door'),
    secondsToDecide: z
      .object({ median: z.number(), p90: z.number() })
      .nullable()
      .describe('From the opening of an action to its decision, with weekends and nights; null without one'),
    replies: count.describe('Replies that people wrote, automatic ones and copies left out'),
    askedBack: count.describe('Of these, such as were unclear, so that their sender was asked back'),
  })
  .meta({ id: 'DashboardSpan' })

const mailboxHealth = mailboxView
  .pick({
    name: true,
    state: true,
    trouble: true,
    sending: true,
    credential: true,
    lastReceivedAt: true,
    retirement: true,
  })
  .extend({ user: z.string().describe('Its address') })
  .meta({ id: 'MailboxHealth' })

const waitingView = z
  .object({
    count,
    overdue: count.describe('Past their deadline'),
    oldest: z.object({ requestId: z.int(), openedAt: timestamp }).nullable(),
    byAge: z.array(
      z.object({
        fromDays: z.int(),
        toDays: z.int().nullable().describe('Null for whatever is older'),
        count,
      }),
    ),
    before: count.describe(`How many waited ${PERIOD_DAYS} days ago`),
  })
  .meta({ id: 'DashboardWaiting' })

/** How the installation does: its mailboxes, what waits, and how it was decided. */
export const dashboardView = z
  .object({
    at: timestamp,
    mailboxes: z.array(mailboxHealth),
    waiting: waitingView,
    lately: spanView.describe(`The last ${PERIOD_DAYS} days`),
    before: spanView.describe(`The ${PERIOD_DAYS} days before these`),
    weeks: z
      .array(spanView.extend({ startsOn: z.iso.date().describe('A Monday') }))
      .describe('Oldest first; the last one is not over'),
  })
  .meta({ id: 'Dashboard' })

export type Span = z.output<typeof spanView>
export type Waiting = z.output<typeof waitingView>
