import type { Locale } from '../../lib/translate.ts'
import { plainLine } from './plain-text.ts'

/** More names than this tell the reader nothing. */
const MAX_NAMES = 5

/** `Anna Novák, Thomas Berger and …`: names as one phrase of the reader's language. */
export function listNames(names: string[], locale: Locale): string {
  const shown = names.slice(0, MAX_NAMES).map((name) => plainLine(name, 100))
  const left = names.length > MAX_NAMES ? ['…'] : []
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format([...shown, ...left])
}
