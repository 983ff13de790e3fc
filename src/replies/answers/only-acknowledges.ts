import { anyLanguage } from '../languages/all-languages.ts'
import { phraseKey, wholePhrase } from '../phrases.ts'
import type { ReplyReading } from '../reading.ts'

/**
 * Whether what was taken for the answer may say no more than that our mail was read: `OK`, `D’accord`, a thumb. That is an
 * answer to a question, but not to a mail that asks for something else: keywords are such words, too.
 */
export function onlyAcknowledges({ details, matched, text }: ReplyReading): boolean {
  const isEmoji = Object.values(details).some(({ matchedBy }) => matchedBy === 'emoji')
  const answers = matched.filter((match) => match.as === 'answer')
  const keys = answers.map(({ from, to }) => phraseKey(text.slice(from, to)))
  const acknowledges = (key: string) => wholePhrase(key, anyLanguage.acknowledgements) !== undefined
  return isEmoji || (keys.length > 0 && keys.every(acknowledges))
}
