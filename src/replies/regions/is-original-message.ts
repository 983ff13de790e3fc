import { anyLanguage } from '../languages/all-languages.ts'
import { isPhrase } from '../phrases.ts'
import type { TextLine } from '../text-lines.ts'
import { wordsOf } from '../words.ts'
import { headerLabels } from './header-labels.ts'

/**
 * Whether a line parts what is quoted or forwarded from what is new: `-----Original Message-----`, in several languages
 * at once, with the header behind it where line ends were lost, or the same words alone with a colon (Apple's forward).
 */
export function isOriginalMessage({ text, words }: TextLine): boolean {
  if (!/^[\s*_]*-{2,}/.test(text)) return /[:：]\s*$/.test(text.slice(-5)) && isPhrase(words, originals)
  if (isPhrase(words, originals)) return true
  const parts = text
    .slice(0, 2_000)
    .split(/-{2,}/)
    .filter((part) => /\p{L}/u.test(part))
  const isKnown = (part: string) => isPhrase(wordsOf(part), originals)
  const [first = '', second = ''] = parts
  if (!isKnown(first)) return false
  return parts.every(isKnown) || (parts.length === 2 && headerLabels(second).length > 0)
}

const originals = anyLanguage.originalMessages
