import type { ParsedMessage } from '../mail/message.ts'

/** The topmost header of a (lower-cased) name; null when there is none. */
export function headerOf({ headers }: Pick<ParsedMessage, 'headers'>, name: string): string | null {
  return headers.find((header) => header.name === name)?.value ?? null
}
