import type { ReadContext } from '../reading.ts'
import { holdsQuestionMark, type TextLine } from '../text-lines.ts'
import { wordsOf } from '../words.ts'
import type { AnswerBlock } from './answer-blocks.ts'
import { answerPlace } from './answer-place.ts'
import { type BlockReading, problemOf } from './block-reading.ts'
import { isChoice } from './is-choice.ts'
import { readChoice } from './read-choice.ts'
import { readFreeText } from './read-free-text.ts'
import { readTextAnswer } from './read-text-answer.ts'
import { readValueAnswer } from './read-value-answer.ts'

/**
 * Reads the answer in its block.
 *
 * @param signature Lines cut as signature: they give no answer, but may contradict one.
 */
export function readBlock(block: AnswerBlock, signature: TextLine[], context: ReadContext): BlockReading {
  const { question, isLabelled } = block
  const place = answerPlace(block, context.brackets)
  if (wordsOf(place.text).length === 0) {
    const isAsked = isLabelled && holdsQuestionMark(place.text)
    if (!isAsked) return { kind: 'blank', question, place }
    return { kind: 'wrong', ...{ question, place }, problem: problemOf(place, 'question'), matched: [] }
  }
  if (isChoice(question)) return readChoice(question, place, signature, context)
  if (question.type !== 'text') return readValueAnswer(question, place, context)
  return isLabelled ? readTextAnswer(question, place) : readFreeText(question, block, context)
}
