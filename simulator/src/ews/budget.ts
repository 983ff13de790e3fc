const MINUTE = 60_000

/** What is left of a mailbox's budget, in items, and the moment this was true. Below zero after a large batch. */
export interface Budget {
  left: number
  at: number
}

/** The budget of a mailbox with what it has earned since it was last looked at. */
export function refill(
  budgets: Map<string, Budget>,
  address: string,
  itemsPerMinute: number,
  now: number,
): Budget {
  const budget = budgets.get(address) ?? { left: itemsPerMinute, at: now }
  const earned = (Math.max(now - budget.at, 0) * itemsPerMinute) / MINUTE
  Object.assign(budget, { left: Math.min(budget.left + earned, itemsPerMinute), at: now })
  budgets.set(address, budget)
  return budget
}
