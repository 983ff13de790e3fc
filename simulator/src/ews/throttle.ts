import type { FaultAnswer } from '../faults.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import type { Caller } from './caller.ts'

const MINUTE = 60_000

/** What is left of a mailbox's budget, in items, and the moment this was true. Below zero after a large batch. */
export interface Budget {
  left: number
  at: number
}

/**
 * Charges the budget of the mailbox for a request about `items` things: impersonation charges the mailbox that it is
 * about. `null` when it may go on; otherwise how the service says that it is busy. Exchange looks at the budget before
 * a request and after each item of a batch; what is overdrawn has to be earned again first.
 */
export function throttle({ world, tenant, mailbox }: Caller, items: number): FaultAnswer | null {
  if (!tenant.throttling) return null
  const { itemsPerMinute, as } = tenant.throttling
  const budget = refill(world.budgets, mailbox, itemsPerMinute, world.clock.now())
  const affordable = Math.max(Math.floor(budget.left), 0)
  const isPartial = as === 'response' && affordable > 0 && affordable < items
  if (affordable > 0) budget.left -= isPartial ? affordable : items
  if (affordable > 0 && !isPartial) return null
  const backOffMilliseconds = Math.ceil(((1 - budget.left) * MINUTE) / itemsPerMinute)
  if (as === 'http') return { status: 503, retryAfter: { seconds: Math.ceil(backOffMilliseconds / 1000) } }
  const busy = { code: 'ErrorServerBusy', backOffMilliseconds }
  return as === 'fault' ? busy : { ...busy, as: 'response', stopAt: affordable }
}

function refill(budgets: Map<string, Budget>, mailbox: Mailbox, itemsPerMinute: number, now: number): Budget {
  const budget = budgets.get(mailbox.address) ?? { left: itemsPerMinute, at: now }
  const earned = (Math.max(now - budget.at, 0) * itemsPerMinute) / MINUTE
  Object.assign(budget, { left: Math.min(budget.left + earned, itemsPerMinute), at: now })
  budgets.set(mailbox.address, budget)
  return budget
}
