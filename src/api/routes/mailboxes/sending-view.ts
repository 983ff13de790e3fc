import { z } from 'zod'
import { freeNow } from '../../../outbound/budget.ts'
import type { Backlog } from '../../../outbound/expected-times.ts'
import { timestamp } from '../../common-schemas.ts'

/** What a mailbox may send, what of it is left, and what waits. */
export const sendingView = z.object({
  messagesPerMinute: z.int(),
  recipientsPerDay: z.int(),
  leftInMinute: z.int(),
  leftInDay: z.int(),
  waiting: z.int().describe('Mails that have not gone out, whatever they wait for'),
  waitingForBudget: z.int(),
  freeAt: timestamp.nullable().describe('When one more may go out; null while one may'),
  lastExpectedAt: timestamp
    .nullable()
    .describe('When the last of those that wait for the budget is expected to go out'),
  retryAt: timestamp.nullable().describe('When sending is tried again after trouble'),
})

export function toSendingView(
  { budget, waiting, waitingForBudget, lastExpectedAt }: Backlog,
  sendRetryAt: Date | null,
): z.output<typeof sendingView> {
  const freesAt = budget.dayLeft === 0 ? budget.dayFreesAt : budget.minuteFreesAt
  return {
    messagesPerMinute: budget.perMinute,
    recipientsPerDay: budget.perDay,
    leftInMinute: budget.minuteLeft,
    leftInDay: budget.dayLeft,
    waiting,
    waitingForBudget,
    freeAt: freeNow(budget) > 0 ? null : freesAt.toISOString(),
    lastExpectedAt: lastExpectedAt?.toISOString() ?? null,
    retryAt: sendRetryAt?.toISOString() ?? null,
  }
}
