/** The value that this share of all does not exceed, by the nearest rank. Throws when there is none. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error('no values')
  return value
}

export function median(values: number[]): number {
  return percentile(values, 0.5)
}
