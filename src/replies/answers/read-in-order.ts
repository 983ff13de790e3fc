import type { Question, ReadContext } from '../reading.ts'
import { isMeaningful, type TextLine } from '../text-lines.ts'
import type { GivenAnswer } from './block-reading.ts'
import { commentLines } from './comment-lines.ts'
import { readBlock } from './read-block.ts'

/**
 * The answers to several questions that nothing names: a line each, in their order, and nothing else. Only where no line
 * would answer another question as well, so that no order could be meant but this; a text answers any. Empty otherwise.
 */
export function readInOrder(content: TextLine[], signature: TextLine[], context: ReadContext): GivenAnswer[] {
  const { questions } = context
  const lines = commentLines(content).filter(isMeaningful)
  const isMistakable = questions.length < 2 || questions.some(({ type }) => type === 'text')
  if (isMistakable || lines.length !== questions.length) return []
  const read = (question: Question, line: TextLine) =>
    readBlock({ question, lines: [line], answerFrom: 0, isLabelled: false }, signature, context)
  const answers = questions.flatMap((question, index) => {
    const line = lines[index]
    const reading = line === undefined ? null : read(question, line)
    return reading?.kind === 'answer' && reading.confirm === null && reading.commentFrom === null
      ? [reading]
      : []
  })
  const isOrdered =
    answers.length === questions.length &&
    lines.every((line, index) =>
      questions.every((question, other) => other === index || read(question, line).kind !== 'answer'),
    )
  return isOrdered ? answers : []
}
