import { z } from 'zod'
import { definitionFormat } from './definition-format.ts'

/** The JSON Schema of a process definition, for editors and for programs that write definitions. */
export function processJsonSchema(): object {
  const schema = z.toJSONSchema(definitionFormat, { io: 'input', target: 'draft-2020-12' })
  return { ...schema, title: 'Countersign process definition' }
}
