import type { LoadedAction } from '../approvals/load-action.ts'
import { fieldOf } from '../approvals/model/check-answers.ts'
import { formName } from '../approvals/model/form-label.ts'
import type { LocalText, ProcessDefinition, Step } from '../approvals/model/process.ts'
import { questionsOf } from '../approvals/model/questions-of.ts'
import type { Question } from '../replies/reading.ts'

/** The questions of a step as the reader takes them: by the type of the field that each of them fills. */
export function readerQuestions({ definition, step }: Pick<LoadedAction, 'definition' | 'step'>): Question[] {
  return questionsOf(step).map((question): Question => {
    const { id, choices } = question
    const names = namesOf(definition, question)
    if (choices.length > 0) {
      return { id, names, choices: choices.map(({ result, keywords }) => ({ result, keywords })) }
    }
    const { type, currency = '' } = fieldOf(question, definition.fields)
    if (type === 'choice') throw new Error(`question ${id} of step ${step.name} offers nothing to choose`)
    return type === 'money' ? { id, names, type, currency } : { id, names, type }
  })
}

/**
 * What people write before an answer in place of its number, or behind it: the field by its name, its labels and what the
 * forms in our mails call it, or the question.
 */
function namesOf(
  { fields }: ProcessDefinition,
  question: Step['furtherQuestions'][number] | Step['question'],
): string[] {
  const { name, label } = fieldOf(question, fields)
  const labels = texts(label)
  return [name, ...labels, ...labels.map(formName), ...texts(question.text)]
}

const texts = ({ en, fr }: LocalText) => (fr === undefined ? [en] : [en, fr])
