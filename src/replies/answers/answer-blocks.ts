import type { Question, ReadContext } from '../reading.ts'
import { isMeaningful, type TextLine } from '../text-lines.ts'
import { labelFinder } from './question-labels.ts'

/** The lines from one question's label to the next. */
export interface AnswerBlock {
  question: Question
  lines: TextLine[]
  /** Offset in the first line where the answer is expected. */
  answerFrom: number
  /** Whether the first line says which question it answers. */
  isLabelled: boolean
}

export interface AnswerBlocks {
  /** What stands above the first block. */
  before: TextLine[]
  blocks: AnswerBlock[]
}

/**
 * The new text cut at the labels of its questions. A single question may be answered without, and so may the only one that
 * our last mail asked for: by the first line that says something. Where labels are ids or names, a numbered list is none.
 */
export function answerBlocks(content: TextLine[], context: ReadContext): AnswerBlocks {
  const [only, ...others] = context.questions
  const isSingle = others.length === 0
  const found = content.map(labelFinder(context))
  const takesNumbers = !isSingle && found.every((label) => label === null || label.by === 'number')
  const labels = found.map((label) => (label?.by === 'number' && !takesNumbers ? null : label))
  const isLabelled = labels.some((label) => label !== null)

  const lone = isSingle ? only : isLabelled ? undefined : onlyOpen(context)
  const before: TextLine[] = []
  const blocks: AnswerBlock[] = []
  for (const [index, line] of content.entries()) {
    const label = labels[index] ?? null
    // Below its answer, a single question's own name begins a comment.
    const isComment = isSingle && label?.by === 'name' && blocks.length > 0
    if (label !== null && !isComment) {
      blocks.push({ question: label.question, lines: [line], answerFrom: label.answerFrom, isLabelled: true })
    } else if (lone !== undefined && blocks.length === 0 && isMeaningful(line)) {
      blocks.push({ question: lone, lines: [line], answerFrom: 0, isLabelled: false })
    } else (blocks.at(-1)?.lines ?? before).push(line)
  }
  return { before, blocks }
}

function onlyOpen({ questions, open = [] }: ReadContext): Question | undefined {
  return open.length === 1 ? questions.find(({ id }) => id === open[0]) : undefined
}
