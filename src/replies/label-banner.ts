import { anyLanguage } from './languages/all-languages.ts'
import { holdsPhrase, isPhrase, phrasesFrom } from './phrases.ts'
import { isMeaningful, label, type TextLine } from './text-lines.ts'

/** Tags that a gateway puts on a line of its own. */
const tags = phrasesFrom(
  ['external', 'ext', 'externe', 'caution', 'attention'].map((tag) => [tag, true] as const),
)

/** Labels the warnings that a gateway has put above the text: the lines before the first that is none. */
export function labelBanner(lines: TextLine[]): void {
  for (const line of lines) {
    if (line.label !== null || !isMeaningful(line)) continue
    if (!isPhrase(line.words, tags) && !holdsPhrase(line.words, anyLanguage.banners)) return
    label([line], 'banner', 'external-mail')
  }
}
