import { answerWords } from './answer-words.ts'
import { commentLines, commentText } from './comment-lines.ts'
import { type Doubt, doubt, shifted, shiftedMatches, undoing } from './doubt.ts'
import { doubtBelow } from './doubt-below.ts'
import { isChoice } from './is-choice.ts'
import { readAnswerLine } from './read-answer-line.ts'
import type { AnswerDetail, Match, Question, ReadContext, UnclearReason } from './reading.ts'
import { isMeaningful, label, type TextLine } from './text-lines.ts'

/** What the new text answers. `reason` is set when nothing was understood, and then the answers are empty. */
export interface Answers {
  details: Record<string, AnswerDetail>
  comment: string
  missing: string[]
  invalid: string[]
  confirm: 'typo' | null
  reason: UnclearReason | null
  /** The words that all this rests on; offsets in the whole text. */
  matched: Match[]
}

/**
 * Reads the answers out of new text and labels its lines.
 *
 * One question: the first line that says something must be the answer, alone or behind `Q1:`. Several: each answer
 * stands behind its `Q2:` or number. What follows an answer up to the next one is its comment, and may take it back.
 *
 * @param content The lines of the new text that nothing else has claimed; at least one of them is meaningful.
 * @param signature Lines cut as signature: they give no answer, but may contradict one.
 */
export function readAnswers(content: TextLine[], signature: TextLine[], context: ReadContext): Answers {
  const read: Answers = {
    details: {},
    comment: '',
    missing: [],
    invalid: [],
    confirm: null,
    reason: null,
    matched: [],
  }
  const comments: string[] = []
  const reasons: UnclearReason[] = []

  const { before, blocks } = splitBlocks(content, context)
  comments.push(commentText(before))
  for (const { question, lines, answerFrom } of blocks) {
    const block = readBlock(question, lines, answerFrom, signature, context)
    if (block === null) continue
    read.matched.push(...block.matched)
    if (block.kind === 'answer') {
      const earlier = read.details[question.id]
      if (earlier === undefined || earlier.value === block.detail.value) {
        read.details[question.id] = block.detail
        read.confirm ??= block.confirm
        comments.push(block.detail.comment)
        continue
      }
      delete read.details[question.id]
      reasons.push('contradictory')
    } else reasons.push(block.reason)
    comments.push(commentText(lines))
    if (!read.invalid.includes(question.id)) read.invalid.push(question.id)
  }
  // An answer that another one of the same question has undone stays undone.
  for (const id of read.invalid) delete read.details[id]

  read.missing = context.questions
    .map(({ id }) => id)
    .filter((id) => read.details[id] === undefined && !read.invalid.includes(id))
  read.comment = comments.filter((comment) => comment !== '').join('\n\n')
  if (Object.keys(read.details).length === 0) read.reason = reasons[0] ?? 'not-an-answer'
  if (blocks.length === 0)
    read.matched = before
      .filter(isMeaningful)
      .slice(0, 1)
      .flatMap((line) => notUnderstood(line).matched)
  return read
}

interface Block {
  question: Question
  lines: TextLine[]
  /** Offset in the first line where the answer is expected. */
  answerFrom: number
}

/** `Q1: [YES]`, `Q1 = yes`, and with several questions also `1. yes`. */
const numbered = /^\s*(Q\s?)?(\d{1,3})\s*[:=.)-]\s*/i

/** The new text cut at the places where each question is answered; `before` is what stands above the first. */
function splitBlocks(
  content: TextLine[],
  { questions }: ReadContext,
): { before: TextLine[]; blocks: Block[] } {
  const [only, ...others] = questions
  const before: TextLine[] = []
  const blocks: Block[] = []
  if (only === undefined) return { before: content, blocks }
  const isSingle = others.length === 0
  for (const line of content) {
    const match = numbered.exec(line.text)
    const id = match !== null && (match[1] !== undefined || !isSingle) ? `Q${Number(match[2])}` : null
    const question = questions.find((question) => question.id === id)
    if (question !== undefined && match !== null) {
      blocks.push({ question, lines: [line], answerFrom: match[0].length })
    } else if (blocks.length === 0 && isSingle && isMeaningful(line)) {
      blocks.push({ question: only, lines: [line], answerFrom: 0 })
    } else (blocks.at(-1)?.lines ?? before).push(line)
  }
  return { before, blocks }
}

type BlockReading =
  | { kind: 'answer'; detail: AnswerDetail; confirm: 'typo' | null; matched: Match[] }
  | ({ kind: 'unclear' } & Doubt)

/** Null when the place for the answer was left blank: `Q2: []`. */
function readBlock(
  question: Question,
  lines: TextLine[],
  answerFrom: number,
  signature: TextLine[],
  { locale, brackets }: ReadContext,
): BlockReading | null {
  const [first, ...below] = lines
  if (first === undefined || !first.words.some(({ from }) => from >= answerFrom)) return null
  if (!isChoice(question)) return null
  const answers = answerWords(question, locale)
  const line = readAnswerLine(withPlainBrackets(first.text.slice(answerFrom), brackets), answers)
  if (line.kind === 'unclear') return { kind: 'unclear', ...shifted(line, first.from + answerFrom) }

  const matched = shiftedMatches(line.matched, first.from + answerFrom)
  const [remark] = line.answer.isPlain ? commentLines(below) : []
  const why = doubtBelow(below, signature, line.answer, answers) ?? (remark && notUnderstood(remark))
  if (why) return { kind: 'unclear', ...undoing(matched, why) }
  const commentFrom = line.commentFrom === null ? null : answerFrom + line.commentFrom
  first.label = {
    region: 'answer',
    rule: line.answer.matchedBy,
    ...(commentFrom !== null && { commentFrom }),
  }
  label(commentLines(below), 'comment', 'below-answer')
  label(below.filter(isMeaningful), 'courtesy', 'thanks')
  const sameLine = commentFrom === null ? '' : first.text.slice(commentFrom)
  const detail = {
    value: line.answer.result,
    comment: commentText(below, sameLine),
    matchedBy: line.answer.matchedBy,
  }
  return { kind: 'answer', detail, confirm: line.confirm, matched }
}

function notUnderstood({ words, from }: TextLine): Doubt {
  return shifted(doubt('not-understood', words), from)
}

/** The configured pair around answers, written as `[` and `]`, which the reader of a line takes for punctuation. */
function withPlainBrackets(text: string, brackets: string): string {
  const [open = '[', close = ']'] = brackets
  const plain = new Map([
    [close, ']'.padEnd(close.length)],
    [open, '['.padEnd(open.length)],
  ])
  return Array.from(text, (character) => plain.get(character) ?? character).join('')
}
