import type { Question, ReadContext } from '../reading.ts'
import { isMeaningful, type TextLine } from '../text-lines.ts'
import type { BlockReading } from './block-reading.ts'
import { readBlock } from './read-block.ts'

/**
 * The answer to the question that decides, which may come without its label: it is what the mail asks first, and what its
 * buttons say. Only where the first line that says something is no answer to another question, whose text apart: a text
 * answers any. Empty otherwise.
 */
export function readDeciding(lines: TextLine[], signature: TextLine[], context: ReadContext): BlockReading[] {
  const { questions, deciding } = context
  const question = questions.find(({ id }) => id === deciding)
  const from = lines.findIndex(isMeaningful)
  if (question === undefined || from < 0) return []
  const read = (question: Question, to?: number) =>
    readBlock(
      { question, lines: lines.slice(from, to), answerFrom: 0, isLabelled: false },
      signature,
      context,
    )
  const reading = read(question)
  const isSomethingElse =
    reading.kind === 'blank' || (reading.kind === 'wrong' && reading.problem.reason === 'not-an-answer')
  const isMistakable = questions.some(
    (other) => other !== question && other.type !== 'text' && read(other, from + 1).kind === 'answer',
  )
  return isSomethingElse || isMistakable ? [] : [reading]
}
