import { error, type Finding } from '../problem.ts'
import type { ProcessDefinition } from '../process.ts'

/** A step assigned by a field needs a field that always names a person, or nobody could be asked. */
export function assigneeFieldUsable({ fields, steps }: ProcessDefinition): Finding[] {
  return steps.flatMap(({ name, assignee }, index) => {
    if (assignee.kind !== 'field') return []
    const path = ['steps', index, 'assignee']
    const values = { step: name, field: assignee.field }
    const field = fields.find((candidate) => candidate.name === assignee.field)
    if (field === undefined) return [error(path, 'assignee-field-unknown', values)]
    if (field.filledBy !== 'requester') return [error(path, 'assignee-field-of-approver', values)]
    if (field.person !== true) return [error(path, 'assignee-field-no-person', values)]
    return field.required ? [] : [error(path, 'assignee-field-not-required', values)]
  })
}
