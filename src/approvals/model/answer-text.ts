import type { Locale } from '../../lib/translate.ts'
import { fieldOf } from './check-answers.ts'
import { formatValue } from './format-value.ts'
import { localText } from './local-text.ts'
import type { ProcessDefinition, Step } from './process.ts'
import { questionsOf } from './questions-of.ts'

/** What was asked: a step and the process that it belongs to. */
interface Asked {
  definition: ProcessDefinition
  step: Step
}

/** An answer as its reader writes it: the label of a choice, an amount, a day. */
export function answerText({ definition, step }: Asked, id: string, answer: string, locale: Locale): string {
  const question = questionsOf(step).find((candidate) => candidate.id === id)
  if (question === undefined) return answer
  const choice = question.choices.find(({ result }) => result === answer)
  if (choice !== undefined) return localText(choice.label, locale)
  const field = fieldOf(question, definition.fields)
  return formatValue(field, field.type === 'number' ? Number(answer) : answer, locale)
}

/** What an answer is listed under: the label of its field. */
export function answerLabel({ definition, step }: Asked, id: string, locale: Locale): string {
  const question = questionsOf(step).find((candidate) => candidate.id === id)
  return question === undefined ? id : localText(fieldOf(question, definition.fields).label, locale)
}
