import type { FaultAnswer } from '../faults.ts'
import { refill } from './budget.ts'
import type { Caller } from './caller.ts'

const MINUTE = 60_000

/**
 * Charges the budget of the mailbox for a request about `items` things: impersonation charges the mailbox that it is
 * about. `null` when it may go on; otherwise how the service says that it is busy. Exchange looks at the budget before
 * a request and after each item of a batch; what is overdrawn has to be earned again first.
 */
export function throttle({ world, tenant, mailbox }: Caller, items: number): FaultAnswer | null {
  if (!tenant.throttling) return null
  const { itemsPerMinute, as } = tenant.throttling
  const budget = refill(world.budgets, mailbox.address, itemsPerMinute, world.clock.now())
  const affordable = Math.max(Math.floor(budget.left), 0)
  const isPartial = as === 'response' && affordable > 0 && affordable < items
  if (affordable > 0) budget.left -= isPartial ? affordable : items
  if (affordable > 0 && !isPartial) return null
  const backOffMilliseconds = Math.ceil(((1 - budget.left) * MINUTE) / itemsPerMinute)
  if (as === 'http') return { status: 503, retryAfter: { seconds: Math.ceil(backOffMilliseconds / 1000) } }
  const busy = { code: 'ErrorServerBusy', backOffMilliseconds }
  return as === 'fault' ? busy : { ...busy, as: 'response', stopAt: affordable }
}
