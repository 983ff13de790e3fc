import { type Doubt, doubt, doubtOfQuestionMark, shifted, undoing } from '../doubts/doubt.ts'
import { doubtBelow } from '../doubts/doubt-below.ts'
import { doubtBeside } from '../doubts/doubt-beside.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { isPhrase } from '../phrases.ts'
import type { InvalidReason, Match, ReadContext, ValueQuestion } from '../reading.ts'
import { isMeaningful, type TextLine } from '../text-lines.ts'
import { type Word, wordsOf } from '../words.ts'
import type { AnswerPlace } from './answer-place.ts'
import { type BlockReading, problemOf } from './block-reading.ts'
import { commentText } from './comment-lines.ts'
import { openingOf } from './read-answer-line.ts'
import { noAnswerWords, valueAnswer } from './value-answer.ts'
import { findValue } from './values/find-value.ts'

/** Short lines right under a value may correct it: `sorry, 1300`. */
const remarkWords = 6
const remarkLines = 3

/** Reads the number, amount or day in a place for one, and whether what stands beside or below leaves it standing. */
export function readValueAnswer(
  question: ValueQuestion,
  place: AnswerPlace,
  { locale }: ReadContext,
): BlockReading {
  const line = place.lines.at(-1)
  if (line === undefined) throw new Error('an answer has no line')
  const written = line.text.slice(place.from, place.to)
  const found = findValue(question, written, locale)
  const to = place.from + found.to
  const matched: Match[] = [{ from: line.from + place.from, to: line.from + to, as: 'answer', languages: [] }]
  const wrong = (reason: InvalidReason, words: Match[], meanings?: string[]): BlockReading => ({
    kind: 'wrong',
    ...{ question, place },
    problem: problemOf(place, reason, meanings),
    matched: words,
  })
  const { reading } = found
  if ('reason' in reading) {
    const isAsked = doubtOfQuestionMark(written) !== null
    return wrong(isAsked ? 'question' : reading.reason, matched, reading.meanings)
  }

  const beside = line.text.slice(to)
  const words = wordsOf(beside)
  const why =
    shiftedBy(line.from + to, doubtOfComment(beside, words)) ??
    doubtOfRemarks(place.below) ??
    doubtBelow(place.below, [], valueAnswer, noAnswerWords)
  if (why !== null) return wrong(why.reason, undoing(matched, why).matched)
  const [first] = words
  const commentFrom =
    first === undefined || isCourtesy(words)
      ? null
      : openingOf(line.text, { ...first, from: to + first.from })
  const sameLine = commentFrom === null ? '' : line.text.slice(commentFrom)
  return {
    kind: 'answer',
    ...{ question, place, commentFrom, matched },
    detail: { value: reading.value, comment: commentText(place.below, sameLine), matchedBy: 'value' },
    confirm: null,
    answer: valueAnswer,
    answers: noAnswerWords,
  }
}

/** A comment beside a value: with digits in it, it may be another one. */
function doubtOfComment(text: string, words: Word[]): Doubt | null {
  if (isCourtesy(words)) return null
  return doubtOfDigits(words) ?? doubtBeside(text, words, valueAnswer, noAnswerWords)
}

function doubtOfRemarks(below: TextLine[]): Doubt | null {
  for (const line of below.slice(0, remarkLines)) {
    if (!isMeaningful(line)) return null
    const found = line.words.length > remarkWords ? null : doubtOfDigits(line.words)
    if (found !== null) return shifted(found, line.from)
  }
  return null
}

function doubtOfDigits(words: Word[]): Doubt | null {
  const figure = words.find(({ text }) => /\p{N}/u.test(text))
  return figure === undefined ? null : doubt('other-answer', [figure])
}

function isCourtesy(words: Word[]): boolean {
  return isPhrase(words, anyLanguage.thanks) || isPhrase(words, anyLanguage.pleases)
}

function shiftedBy(by: number, found: Doubt | null): Doubt | null {
  return found && shifted(found, by)
}
