import type { ValueReading } from './value-reading.ts'

/** As many characters as a field of text holds. */
const longestText = 4_000

/** A text as it was written, without the characters that have no place in one: all that control, but line ends and tabs. */
export function readText(text: string): ValueReading {
  const value = text.replaceAll(/[^\P{Cc}\n\t]/gu, '').trim()
  return value.length > longestText ? { reason: 'too-long' } : { value }
}
