import { error, type Finding, warning } from '../problem.ts'
import type { ProcessDefinition } from '../process.ts'
import { questionsOf } from '../questions-of.ts'
import { placedQuestions, questionPath } from './question-path.ts'
import { repeated } from './repeated.ts'

/** The return field must exist, be the approver's to fill, and be able to hold every answer. */
export function returnFieldFits(definition: ProcessDefinition): Finding[] {
  return placedQuestions(definition).flatMap(({ step, question, path: place }) => {
    const path = [...place, 'returnField']
    const values = { step: step.name, field: question.returnField }
    const field = definition.fields.find((candidate) => candidate.name === question.returnField)
    if (field === undefined) return [error(path, 'return-field-unknown', values)]
    if (field.filledBy === 'requester') return [error(path, 'return-field-of-requester', values)]
    if (question.choices.length === 0) {
      return field.type === 'choice' ? [error(place, 'choice-question-without-choices', values)] : []
    }
    if (field.type === 'text') return []
    if (field.type !== 'choice') return [error(path, 'return-field-type', { ...values, type: field.type })]
    return question.choices
      .filter(({ result }) => !field.options?.some(({ value }) => value === result))
      .map(({ result }) => error(path, 'return-field-option-missing', { ...values, result }))
  })
}

/** Of two answers of one person to one mail, the later would overwrite the earlier: one of them is never seen. */
export function returnFieldsApartInStep({ steps }: ProcessDefinition): Finding[] {
  return steps.flatMap((step, index) =>
    repeated(questionsOf(step).map(({ returnField }) => returnField)).map(({ value, index: at }) =>
      error(['steps', index, 'questions', at, 'returnField'], 'return-field-twice', {
        field: value,
        step: step.name,
      }),
    ),
  )
}

/**
 * Two steps with one return field. WorkflowGen's own investment sample has it (the answer of the business unit goes
 * into the field of the site): copied, pasted, forgotten, and the later answer overwrites the earlier.
 */
export function returnFieldsApart(definition: ProcessDefinition): Finding[] {
  const first = new Map<string, string>()
  return placedQuestions(definition).flatMap(({ step, question: { returnField }, path }) => {
    const other = first.get(returnField)
    if (other === undefined) first.set(returnField, step.name)
    if (other === undefined || other === step.name) return []
    const values = { field: returnField, step: step.name, other }
    return [warning([...path, 'returnField'], 'return-field-shared', values)]
  })
}

/** A field for approvers that no question fills stays empty: the other half of the same slip. */
export function returnFieldsUsed(definition: ProcessDefinition): Finding[] {
  const used = new Set(placedQuestions(definition).map(({ question }) => question.returnField))
  return definition.fields.flatMap(({ name, filledBy }, index) =>
    filledBy === 'approver' && !used.has(name)
      ? [warning(['fields', index], 'approver-field-unused', { field: name })]
      : [],
  )
}

/** A question is required with results of the one that decides, or nobody would ever be asked for its answer. */
export function requiredResultsKnown({ steps }: ProcessDefinition): Finding[] {
  return steps.flatMap(({ name, question, furtherQuestions }, index) => {
    const known = question.choices.map(({ result }) => result)
    return furtherQuestions.flatMap((further) =>
      further.requiredFor
        .filter((result) => !known.includes(result))
        .map((result) =>
          error([...questionPath(index, further), 'required'], 'required-result-unknown', {
            result,
            step: name,
            known: known.join(', '),
          }),
        ),
    )
  })
}
