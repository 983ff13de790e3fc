import { doubtInText } from '../doubts/doubt-in-text.ts'
import type { ReadContext, ValueQuestion } from '../reading.ts'
import { holdsQuestionMark } from '../text-lines.ts'
import { wordsOf } from '../words.ts'
import type { AnswerBlock } from './answer-blocks.ts'
import type { AnswerPlace } from './answer-place.ts'
import { type AnswerWord, answerPhraseAt, answerWords } from './answer-words.ts'
import { type BlockReading, problemOf } from './block-reading.ts'
import { commentLines, commentText } from './comment-lines.ts'
import { isChoice } from './is-choice.ts'
import { readTextAnswer } from './read-text-answer.ts'
import { valueAnswer } from './value-answer.ts'

/** Whatever the answers of the other questions are, a text is not to speak against them. */
const opposites: AnswerWord[] = [
  { ...valueAnswer, meaning: 'yes' },
  { ...valueAnswer, meaning: 'no' },
]

/**
 * Takes all of a reply for the text that was asked for, though nothing says that it is: unless it asks, or says something
 * to a question with choices.
 */
export function readFreeText(
  question: ValueQuestion,
  { lines }: AnswerBlock,
  context: ReadContext,
): BlockReading {
  const held = commentLines(lines)
  const place: AnswerPlace = {
    text: commentText(lines),
    ...{
      behindFrom: null,
      lines: held,
      start: held[0]?.from ?? 0,
      from: 0,
      to: held.at(-1)?.text.length ?? 0,
      below: [],
    },
  }
  const isAsked = holdsQuestionMark(place.text)
  const decides = context.questions.filter(isChoice).some((choice) => {
    const words = answerWords(choice, context.locale)
    return (
      answerPhraseAt(wordsOf(place.text), 0, words) !== null ||
      opposites.some((answer) => doubtInText(place.text, answer, words) !== null)
    )
  })
  if (!isAsked && !decides) return unlabelled(readTextAnswer(question, place))
  const problem = problemOf(place, isAsked ? 'question' : 'not-an-answer')
  return { kind: 'wrong', question, place, problem, matched: [] }
}

function unlabelled(reading: BlockReading): BlockReading {
  if (reading.kind !== 'answer') return reading
  return { ...reading, detail: { ...reading.detail, unlabelled: true } }
}
