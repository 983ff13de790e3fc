import { type AnswerWords, agree } from '../answers/answer-words.ts'
import { findAnswerWords } from '../answers/find-answer-words.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import type { Word } from '../words.ts'
import { type Doubt, doubt, doubtIn, doubtOfQuestionMark } from './doubt.ts'

/** Why a line that is no answer is none, for the mail that asks back. */
export function whyUnclear(text: string, words: Word[], answers: AnswerWords): Doubt {
  const { found, rest } = findAnswerWords(text, words, answers)
  const [first, ...others] = found
  const other = first && others.find((one) => !agree(first.answer, one.answer))
  const besideAnswer = first === undefined ? [] : rest
  return (
    doubtOfQuestionMark(text) ??
    doubtIn('negation', besideAnswer, anyLanguage.negations) ??
    (other ? doubt('other-answer', other.words, other.answer.languages) : null) ??
    doubtIn('condition', besideAnswer, anyLanguage.conditions) ??
    doubtIn('future', besideAnswer, anyLanguage.futures) ??
    doubt('not-understood', words)
  )
}
