import type { MailHeader } from '../message.ts'

/** The topmost field of a (lower-cased) name; null when there is none. */
export function headerValue(headers: MailHeader[], name: string): string | null {
  return headers.find((header) => header.name === name)?.value ?? null
}
