import { type Doubt, undoing } from '../doubts/doubt.ts'
import { doubtFromOthers } from '../doubts/doubt-from-others.ts'
import { withoutPointers } from '../doubts/without-pointers.ts'
import type {
  AnswerDetail,
  InvalidAnswer,
  InvalidReason,
  Match,
  Question,
  ReadContext,
  UnclearReason,
} from '../reading.ts'
import { isMeaningful, label, type TextLine } from '../text-lines.ts'
import { type AnswerBlock, answerBlocks } from './answer-blocks.ts'
import { type BlockReading, type GivenAnswer, problemOf } from './block-reading.ts'
import { commentLines, commentText } from './comment-lines.ts'
import { readBlock } from './read-block.ts'
import { notUnderstood } from './read-choice.ts'
import { readDeciding } from './read-deciding.ts'
import { readInOrder } from './read-in-order.ts'

/** What the new text answers. `reason` is set when nothing was understood, and then the answers are empty. */
export interface Answers {
  details: Record<string, AnswerDetail>
  comment: string
  missing: string[]
  invalid: string[]
  problems: Record<string, InvalidAnswer>
  confirm: 'typo' | null
  reason: UnclearReason | null
  /** Whether anything says which question is answered. */
  isLabelled: boolean
  /** The words that all this rests on; offsets in the whole text. */
  matched: Match[]
}

/** What the readings alone say. */
type Joined = Omit<Answers, 'isLabelled'>

/**
 * Reads the answers out of new text and labels its lines.
 *
 * One question: the first line that says something must be the answer, alone or behind `Q1:`. Several: each answer stands
 * behind its `Q2:`, its name or its number; that of the question that decides may stand first without. What follows an
 * answer up to the next one is its comment, and may take it back; what stands above or below all of them may take back all.
 *
 * @param content The lines of the new text that nothing else has claimed; at least one of them is meaningful.
 * @param signature Lines cut as signature: they give no answer, but may contradict one.
 */
export function readAnswers(content: TextLine[], signature: TextLine[], context: ReadContext): Answers {
  const { before, blocks } = answerBlocks(content, context)
  const isLabelled = blocks.some((block) => block.isLabelled)
  const read = readBlocks(content, before, blocks, signature, context)
  const [first] = content.filter(isMeaningful)
  const isAnswered = read.reason === null || read.matched.length > 0
  const matched = isAnswered || first === undefined ? read.matched : notUnderstood(first).matched
  return { ...read, matched, isLabelled }
}

function readBlocks(
  content: TextLine[],
  before: TextLine[],
  blocks: AnswerBlock[],
  signature: TextLine[],
  context: ReadContext,
): Joined {
  const { questions } = context
  const readings = blocks.map((block) => readBlock(block, signature, context))
  if (questions.length === 1) return joined(readings, [commentText(before)], questions)
  if (readings.length > 0 && !isSomethingElse(blocks, readings)) {
    const opening = plainOpening(before, blocks, signature, context)
    const above = opening.length > 0 ? [] : before
    return joined(withoutDoubted(above, [...opening, ...readings]), [commentText(above)], questions)
  }

  const inOrder = readInOrder(content, signature, context)
  if (inOrder.length > 0) return joined(inOrder, [], questions)
  const deciding = readDeciding(content, signature, context)
  if (deciding.length > 0) return joined(deciding, [], questions)
  return joined([], [commentText(content)], questions)
}

/** A plain word above all labels answers the question that decides, where no label names that. */
function plainOpening(
  before: TextLine[],
  blocks: AnswerBlock[],
  signature: TextLine[],
  context: ReadContext,
): BlockReading[] {
  if (blocks.some(({ question }) => question.id === context.deciding)) return []
  return readDeciding(before, signature, context).filter(
    (reading) => reading.kind === 'answer' && reading.detail.comment === '',
  )
}

/** Whether the only thing that may be an answer has no label, and is none of its question's. */
function isSomethingElse(blocks: AnswerBlock[], [first]: BlockReading[]): boolean {
  return (
    blocks[0]?.isLabelled === false && first?.kind === 'wrong' && first.problem.reason === 'not-an-answer'
  )
}

/** Without the answers that others, or what may be about all, make doubtful. */
function withoutDoubted(before: TextLine[], readings: BlockReading[]): BlockReading[] {
  const last = readings.at(-1)
  const aboutAll = [
    ...before.map(withoutPointers),
    ...readings.flatMap((reading) =>
      reading.kind === 'blank' || reading === last ? reading.place.below : [],
    ),
  ]
  const texts = readings.flatMap((reading) =>
    reading.kind === 'answer' && reading.question.type === 'text' ? [reading.detail.value] : [],
  )
  return readings.map((reading) => {
    const doubt = reading.kind === 'answer' ? doubtFromOthers(reading, aboutAll, texts) : null
    return reading.kind === 'answer' && doubt !== null ? undone(reading, doubt) : reading
  })
}

function undone({ question, place, matched }: GivenAnswer, why: Doubt): BlockReading {
  const problem = problemOf(place, why.reason)
  return { kind: 'wrong', question, place, problem, matched: undoing(matched, why).matched }
}

/** All readings together. Of a question that is answered twice, both must say the same. */
function joined(readings: BlockReading[], comments: string[], questions: Question[]): Joined {
  const given = readings.filter((reading) => reading.kind === 'answer')
  const wrong = readings.filter((reading) => reading.kind === 'wrong')
  const problems: Answers['problems'] = {}
  const first = new Map<string, GivenAnswer>()
  for (const answer of given) {
    const { id } = answer.question
    const other = first.get(id) ?? answer
    first.set(id, other)
    if (other.detail.value !== answer.detail.value) problems[id] ??= problemOf(answer.place, 'contradictory')
  }
  for (const { question, problem } of wrong) problems[question.id] ??= problem

  // An answer that another one of the same question has undone stays undone.
  const standing = given.filter(({ question }) => problems[question.id] === undefined)
  for (const answer of standing) labelAnswer(answer)
  const details: Answers['details'] = {}
  for (const { question, detail, confirm } of standing) {
    details[question.id] ??= confirm === null ? detail : { ...detail, confirm }
  }
  const ids = questions.map(({ id }) => id)
  const why = wrong[0]?.problem ?? Object.values(problems)[0]
  return {
    ...{ details, problems },
    invalid: ids.filter((id) => problems[id] !== undefined),
    comment: [...comments, ...readings.map(commentOf)].filter((comment) => comment !== '').join('\n\n'),
    missing: ids.filter((id) => details[id] === undefined && problems[id] === undefined),
    confirm: standing.some(({ confirm }) => confirm !== null) ? 'typo' : null,
    reason: standing.length > 0 ? null : unclearReason(why?.reason ?? 'not-an-answer'),
    matched: readings.flatMap((reading) => (reading.kind === 'blank' ? [] : reading.matched)),
  }
}

function commentOf(reading: BlockReading): string {
  const { lines, below } = reading.place
  if (reading.kind === 'answer') return reading.detail.comment
  return commentText(reading.kind === 'wrong' ? [...lines, ...below] : below)
}

function labelAnswer({ place, detail, commentFrom }: GivenAnswer): void {
  const { lines, below } = place
  const rule = detail.matchedBy
  const last = lines.at(-1)
  if (last !== undefined)
    last.label = { region: 'answer', rule, ...(commentFrom !== null && { commentFrom }) }
  label(lines, 'answer', rule)
  label(commentLines(below), 'comment', 'below-answer')
  label(below.filter(isMeaningful), 'courtesy', 'thanks')
}

/** The reason for a reply that answers nothing; what is wrong with a value alone is told by question. */
function unclearReason(reason: InvalidReason): UnclearReason {
  return reason in valueReasons ? 'not-an-answer' : (reason as UnclearReason)
}

const valueReasons: Record<Exclude<InvalidReason, UnclearReason>, true> = {
  ambiguous: true,
  'wrong-currency': true,
  'too-precise': true,
  'out-of-range': true,
  'impossible-date': true,
  'relative-date': true,
  'too-long': true,
}
