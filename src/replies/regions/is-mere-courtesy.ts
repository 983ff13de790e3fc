import type { Meaning } from '../answers/dictionary.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import type { Word } from '../words.ts'
import { skipPhrases } from './inside-courtesy.ts'

const { thanks, pleases, closings, regrets } = anyLanguage

/**
 * Whether words behind an answer are no comment: `Sim,` *abraço*, `No,` *sorry*. Where a no needs a reason, a regret is
 * none.
 */
export function isMereCourtesy(words: Word[], meaning: Meaning | null): boolean {
  const lists = [thanks, pleases, closings]
  return skipPhrases(words, 0, meaning === 'no' ? [...lists, regrets] : lists) === words.length
}
