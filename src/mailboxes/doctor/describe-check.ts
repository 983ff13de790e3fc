import { type Locale, translator } from '../../lib/translate.ts'
import type { Check } from './run-steps.ts'

/** A check in words: its title, and what to know or to do; null when that is nothing. */
export function describeCheck(check: Check, locale: Locale): { title: string; mend: string | null } {
  const text = translator(locale)
  const titleOf = (id: string) => text(`doctor:check.${id}`)
  const { skipped, mend } = check
  const title = titleOf(check.id)
  if (skipped !== null) {
    const reason = typeof skipped === 'string' ? skipped : 'needs'
    const values = typeof skipped === 'string' ? {} : { title: titleOf(skipped.needs) }
    return { title, mend: text(`doctor:skipped.${reason}`, values) }
  }
  return { title, mend: mend && text(mend.key, mend.values) }
}
