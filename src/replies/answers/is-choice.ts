import type { ChoiceQuestion, Question } from '../reading.ts'

/** Whether a question is answered with one of its choices, and not with a value. */
export function isChoice(question: Question): question is ChoiceQuestion {
  return question.type === undefined || question.type === 'choice'
}
