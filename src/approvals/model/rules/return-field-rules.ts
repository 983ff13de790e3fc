import { error, type Finding, warning } from '../problem.ts'
import type { ProcessDefinition } from '../process.ts'

/** The return field must exist, be the approver's to fill, and be able to hold every result. */
export function returnFieldFits({ fields, steps }: ProcessDefinition): Finding[] {
  return steps.flatMap(({ name, question }, index) => {
    const path = ['steps', index, 'question', 'returnField']
    const values = { step: name, field: question.returnField }
    const field = fields.find((candidate) => candidate.name === question.returnField)
    if (field === undefined) return [error(path, 'return-field-unknown', values)]
    if (field.filledBy === 'requester') return [error(path, 'return-field-of-requester', values)]
    if (field.type === 'text') return []
    if (field.type !== 'choice') return [error(path, 'return-field-type', { ...values, type: field.type })]
    return question.choices
      .filter(({ result }) => !field.options?.some(({ value }) => value === result))
      .map(({ result }) => error(path, 'return-field-option-missing', { ...values, result }))
  })
}

/**
 * Two questions with one return field. WorkflowGen's own investment sample has it (the answer of the business unit goes
 * into the field of the site): copied, pasted, forgotten, and the later answer overwrites the earlier.
 */
export function returnFieldsApart({ steps }: ProcessDefinition): Finding[] {
  const first = new Map<string, string>()
  return steps.flatMap(({ name, question: { returnField } }, index) => {
    const other = first.get(returnField)
    if (other !== undefined) {
      const values = { field: returnField, step: name, other }
      return [warning(['steps', index, 'question', 'returnField'], 'return-field-shared', values)]
    }
    first.set(returnField, name)
    return []
  })
}

/** A field for approvers that no question fills stays empty: the other half of the same slip. */
export function returnFieldsUsed({ fields, steps }: ProcessDefinition): Finding[] {
  const used = new Set(steps.map(({ question }) => question.returnField))
  return fields.flatMap(({ name, filledBy }, index) =>
    filledBy === 'approver' && !used.has(name)
      ? [warning(['fields', index], 'approver-field-unused', { field: name })]
      : [],
  )
}
