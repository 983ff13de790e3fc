import type { Locale } from '../../lib/translate.ts'
import type { LocalText } from './process.ts'

/** The text in the reader's language, or in English when the definition does not have it in theirs. */
export function localText(text: LocalText, locale: Locale): string {
  return text[locale] ?? text.en
}
