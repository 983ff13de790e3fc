import type { Match, ValueQuestion } from '../reading.ts'
import type { AnswerPlace } from './answer-place.ts'
import { type BlockReading, problemOf } from './block-reading.ts'
import { commentText } from './comment-lines.ts'
import { noAnswerWords, valueAnswer } from './value-answer.ts'
import { readText } from './values/read-text.ts'

/** Takes whatever was written in the place for a text: nothing casts a doubt on it. */
export function readTextAnswer(question: ValueQuestion, place: AnswerPlace): BlockReading {
  const reading = readText(place.text)
  if ('reason' in reading) {
    return { kind: 'wrong', ...{ question, place }, problem: problemOf(place, reading.reason), matched: [] }
  }
  const { behindFrom, lines, below } = place
  const behind = behindFrom === null ? '' : (lines.at(-1)?.text.slice(behindFrom) ?? '')
  return {
    kind: 'answer',
    ...{ question, place },
    detail: { value: reading.value, comment: commentText(below, behind), matchedBy: 'value' },
    commentFrom: behind.trim() === '' ? null : behindFrom,
    confirm: null,
    answer: valueAnswer,
    answers: noAnswerWords,
    matched: matchOfText(place),
  }
}

function matchOfText({ start, to, lines }: AnswerPlace): Match[] {
  return [{ from: start, to: (lines.at(-1)?.from ?? 0) + to, as: 'answer', languages: [] }]
}
