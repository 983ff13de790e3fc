/**
 * How long to wait before the next attempt: doubling from `firstMs`, at most `mostMs`, with up to a quarter of jitter
 * so that what failed together does not come back together.
 */
export function backOffMs(attempts: number, firstMs = 5_000, mostMs = 15 * 60_000): number {
  const doubled = Math.min(mostMs, firstMs * 2 ** Math.min(attempts, 20))
  return Math.round(doubled * (1 + Math.random() / 4))
}
