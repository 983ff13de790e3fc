import { knownLocale } from './known-locale.ts'

/** What a language puts between groups of three digits; null when it is not known. */
export function groupMark(locale: string): string | null {
  const remembered = marks.get(locale)
  if (remembered !== undefined) return remembered
  const known = knownLocale(locale)
  const parts = known === null ? [] : new Intl.NumberFormat(known).formatToParts(1_234_567)
  const mark = parts.find(({ type }) => type === 'group')?.value ?? null
  if (marks.size < mostRemembered) marks.set(locale, mark)
  return mark
}

const marks = new Map<string, string | null>()
const mostRemembered = 100
