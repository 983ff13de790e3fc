import { error, type Finding } from '../problem.ts'
import type { ProcessDefinition } from '../process.ts'
import { fieldsOfTemplate, isTemplate } from '../title-template.ts'

/** Shown in messages; as a value, since braces in a catalogue text are placeholders of its own. */
const EXAMPLE = '{{ item }}'

export function titleWellFormed({ requestTitle }: ProcessDefinition): Finding[] {
  return Object.entries(requestTitle).flatMap(([language, template]) =>
    template === undefined || isTemplate(template)
      ? []
      : [error(['requestTitle', language], 'title-malformed', { template, example: EXAMPLE })],
  )
}

/** The title is written when the request is made, so it can only show what the requester has filled in. */
export function titleFieldsKnown({ requestTitle, fields }: ProcessDefinition): Finding[] {
  return Object.entries(requestTitle).flatMap(([language, template]) =>
    fieldsOfTemplate(template ?? '').flatMap((name) => {
      const path = ['requestTitle', language]
      const field = fields.find((candidate) => candidate.name === name)
      if (field === undefined) return [error(path, 'title-field-unknown', { field: name })]
      return field.filledBy === 'approver' ? [error(path, 'title-field-of-approver', { field: name })] : []
    }),
  )
}
