import { type Doubt, doubt, shifted, shiftedMatches, undoing } from '../doubts/doubt.ts'
import { doubtBelow } from '../doubts/doubt-below.ts'
import type { ChoiceQuestion, ReadContext } from '../reading.ts'
import type { TextLine } from '../text-lines.ts'
import type { AnswerPlace } from './answer-place.ts'
import { answerWords } from './answer-words.ts'
import { type BlockReading, problemOf } from './block-reading.ts'
import { bracketPairs } from './brackets.ts'
import { commentLines, commentText } from './comment-lines.ts'
import { namedIn } from './named-in.ts'
import { otherFigure } from './other-figure.ts'
import { otherKind } from './other-kind.ts'
import { readAnswerLine } from './read-answer-line.ts'

/**
 * Reads which choice is taken in a place for it, and whether what stands beside or below leaves it standing.
 *
 * @param signature Lines cut as signature: they give no answer, but may contradict one.
 */
export function readChoice(
  question: ChoiceQuestion,
  place: AnswerPlace,
  signature: TextLine[],
  { locale, brackets, sentText }: ReadContext,
): BlockReading {
  const { below, from } = place
  const written = place.lines.at(-1)
  if (written === undefined) throw new Error('an answer has no line')
  const wrong = ({ reason, matched }: Doubt): BlockReading => ({
    kind: 'wrong',
    ...{ question, place, matched },
    problem: problemOf(place, reason),
  })

  const answers = answerWords(question, locale)
  const line = readAnswerLine(
    withPlainBrackets(written.text.slice(from), brackets),
    answers,
    namedIn(sentText),
  )
  if (line.kind === 'unclear') return wrong(shifted(line, written.from + from))
  const matched = shiftedMatches(line.matched, written.from + from)
  const [remark] = line.answer.isPlain ? commentLines(below) : []
  const why =
    otherFigure(written, matched, sentText) ??
    otherKind(written, matched, sentText) ??
    doubtBelow(below, signature, line.answer, answers) ??
    (remark && notUnderstood(remark))
  if (why) return wrong(undoing(matched, why))

  const { answer, confirm } = line
  const commentFrom = line.commentFrom === null ? null : from + line.commentFrom
  const sameLine = commentFrom === null ? '' : written.text.slice(commentFrom)
  const detail = { value: answer.result, comment: commentText(below, sameLine), matchedBy: answer.matchedBy }
  return { kind: 'answer', question, place, detail, confirm, answer, answers, commentFrom, matched }
}

/** The doubt of a line that is neither an answer nor courtesy. */
export function notUnderstood({ words, from }: TextLine): Doubt {
  return shifted(doubt('not-understood', words), from)
}

/** The configured brackets written as `[` and `]`, which the reader of a line takes for punctuation. */
function withPlainBrackets(text: string, brackets: string): string {
  if (brackets === '[]') return text
  const plain = new Map<string, string>()
  for (const { open, close } of bracketPairs(brackets)) {
    plain.set(close, ']'.padEnd(close.length))
    plain.set(open, '['.padEnd(open.length))
  }
  return Array.from(text, (character) => plain.get(character) ?? character).join('')
}
