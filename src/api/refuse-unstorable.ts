import { AppError } from '../lib/app-error.ts'

/** Deeper than any form. JSON.parse takes half a million levels; what walks over the value later does not. */
const MAX_DEPTH = 32

/**
 * Refuses what PostgreSQL cannot store as text or jsonb (U+0000, half a surrogate pair), and nesting without end.
 * Throws `invalid-text`.
 */
export function refuseUnstorable(value: unknown): void {
  const left: { value: unknown; depth: number }[] = [{ value, depth: 0 }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, depth } = next
    if (typeof value === 'string' && !isStorable(value)) throw new AppError('invalid-text')
    // Octets are no text, and as many as a message has.
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) continue
    if (depth === MAX_DEPTH) throw new AppError('invalid-text')
    for (const [key, member] of Object.entries(value)) {
      if (!isStorable(key)) throw new AppError('invalid-text')
      left.push({ value: member, depth: depth + 1 })
    }
  }
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
