import type { GivenAnswer } from '../answers/block-reading.ts'
import { isMeaningful, type TextLine } from '../text-lines.ts'
import type { Doubt } from './doubt.ts'
import { doubtBelow } from './doubt-below.ts'
import { doubtInText } from './doubt-in-text.ts'

/**
 * Why lines that may be about all answers, or a text that was given as another one, make an answer doubtful; null when
 * nothing does.
 *
 * @param lines What stands above and below all answers.
 * @param texts The answers to questions for a text.
 */
export function doubtFromOthers(given: GivenAnswer, lines: TextLine[], texts: string[]): Doubt | null {
  const { answer, answers, question } = given
  if (question.type === 'text') return null
  const said = lines.some(isMeaningful) ? doubtBelow(lines, [], answer, answers) : null
  if (said !== null) return said
  for (const text of texts) {
    const found = doubtInText(text, answer, answers)
    if (found !== null) return { ...found, matched: [] }
  }
  return null
}
