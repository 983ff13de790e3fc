import type { AnswerDetail, InvalidAnswer, InvalidReason, Match, Question } from '../reading.ts'
import { invalidTextLength } from '../reading.ts'
import type { AnswerPlace } from './answer-place.ts'
import type { AnswerWord, AnswerWords } from './answer-words.ts'

/** What a block of lines says to its question. Offsets of matches are those of the whole text. */
export type BlockReading = GivenAnswer | WrongAnswer | BlankAnswer

export interface GivenAnswer {
  kind: 'answer'
  question: Question
  place: AnswerPlace
  detail: AnswerDetail
  confirm: 'typo' | null
  /** What a doubt would be about, and the words of other answers. */
  answer: AnswerWord
  answers: AnswerWords
  /** Offset in the answer's last line where a comment begins; null for none. */
  commentFrom: number | null
  matched: Match[]
}

export interface WrongAnswer {
  kind: 'wrong'
  question: Question
  place: AnswerPlace
  problem: InvalidAnswer
  matched: Match[]
}

/** The place for the answer was left as it was: `Q2: [ ]`. */
export interface BlankAnswer {
  kind: 'blank'
  question: Question
  place: AnswerPlace
}

/** What is wrong with an answer, for the mail that asks back. */
export function problemOf(
  { text }: AnswerPlace,
  reason: InvalidReason,
  meanings: string[] = [],
): InvalidAnswer {
  return { reason, text: text.replaceAll(/\s+/g, ' ').slice(0, invalidTextLength).toWellFormed(), meanings }
}
