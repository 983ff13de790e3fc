import type { Locale, Translate } from '../../lib/translate.ts'
import { plainLine } from './plain-text.ts'

const MAX_WORD = 60

/** The words that answer a question, with their labels where these are others: `YES (Approve) or NO (Refuse)`. */
export function wordList(
  words: { word: string; label: string }[],
  locale: Locale,
  translate: Translate,
): string {
  const listed = words.map((choice) => {
    const word = plainLine(choice.word, MAX_WORD)
    const label = plainLine(choice.label, MAX_WORD)
    return word.toLowerCase() === label.toLowerCase() ? word : translate('mails:answer.word', { label, word })
  })
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(listed)
}
