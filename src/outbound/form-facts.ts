import type { LoadedAction } from '../approvals/load-action.ts'
import { fieldOf } from '../approvals/model/check-answers.ts'
import { formLabel } from '../approvals/model/form-label.ts'
import { formatValue } from '../approvals/model/format-value.ts'
import { localText } from '../approvals/model/local-text.ts'
import type { Field, Step } from '../approvals/model/process.ts'
import { questionsOf } from '../approvals/model/questions-of.ts'
import { minorDigits } from '../lib/currency.ts'
import type { Locale } from '../lib/translate.ts'
import type { AnswerFacts, FormFacts } from './compose/mail-model.ts'

/** An action with the step that it is of; it need not be stored. */
export interface ActionInProcess extends Pick<LoadedAction, 'definition' | 'step'> {
  action: Pick<LoadedAction['action'], 'number' | 'openedAt' | 'dueAt'>
}

/** The questions of an action as a mail asks them, when they are several; null when there is one, which needs no form. */
export function formFacts({ action, definition, step }: ActionInProcess, locale: Locale): FormFacts | null {
  if (step.furtherQuestions.length === 0) return null
  const questions = questionsOf(step).map((question) => {
    const field = fieldOf(question, definition.fields)
    return {
      id: question.id,
      text: localText(question.text, locale),
      label: formLabel(question, localText(field.label, locale)),
      decides: question.id === step.question.id,
      answer: answerFacts(question, field, { locale, year: action.openedAt.getUTCFullYear() }),
      requiredFor: 'requiredFor' in question ? question.requiredFor : [],
    }
  })
  return { brackets: step.brackets, questions }
}

type AnyQuestion = Step['question'] | Step['furtherQuestions'][number]

/** What may be answered, with an example that can be read in one way only: of a day that lies ahead. */
function answerFacts(
  { choices }: AnyQuestion,
  field: Field,
  { locale, year }: { locale: Locale; year: number },
): AnswerFacts {
  if (choices.length > 0) {
    const words = choices.map(({ label, replyWord }) => ({
      word: localText(replyWord, locale),
      label: localText(label, locale),
    }))
    return { kind: 'choice', words }
  }
  if (field.type === 'money') {
    const { currency = '' } = field
    const example = (1250).toFixed(minorDigits(currency))
    return { kind: 'money', currency, example: locale === 'fr' ? example.replace('.', ',') : example }
  }
  if (field.type === 'date') {
    return { kind: 'date', example: formatValue(field, `${year + 1}-07-15`, locale) }
  }
  if (field.type === 'number') return { kind: 'number' }
  return { kind: field.person === true ? 'person' : 'text' }
}
