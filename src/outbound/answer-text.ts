import type { LoadedAction } from '../approvals/load-action.ts'
import { fieldOf } from '../approvals/model/check-answers.ts'
import { formatValue } from '../approvals/model/format-value.ts'
import { localText } from '../approvals/model/local-text.ts'
import { questionsOf } from '../approvals/model/questions-of.ts'
import type { Locale } from '../lib/translate.ts'

/** An answer as its reader writes it: the label of a choice, an amount, a day. */
export function answerText(loaded: LoadedAction, id: string, answer: string, locale: Locale): string {
  const question = questionsOf(loaded.step).find((candidate) => candidate.id === id)
  if (question === undefined) return answer
  const choice = question.choices.find(({ result }) => result === answer)
  if (choice !== undefined) return localText(choice.label, locale)
  const field = fieldOf(question, loaded.definition.fields)
  return formatValue(field, field.type === 'number' ? Number(answer) : answer, locale)
}

/** What an answer is listed under: the label of its field. */
export function answerLabel({ definition, step }: LoadedAction, id: string, locale: Locale): string {
  const question = questionsOf(step).find((candidate) => candidate.id === id)
  return question === undefined ? id : localText(fieldOf(question, definition.fields).label, locale)
}
