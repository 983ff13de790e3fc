/**
 * Whether one edit (a letter more, less, other, or two neighbours swapped) turns one word into the other: the
 * Damerau-Levenshtein distance is exactly 1. Linear in the length.
 */
export function isNear(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1) return false
  const isShorter = one.length <= other.length
  const short = isShorter ? one : other
  const long = isShorter ? other : one
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  if (short.slice(at + 1) === long.slice(at + 1)) return true
  return (
    short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
  )
}
