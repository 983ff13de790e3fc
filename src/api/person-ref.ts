import type { ExpressionBuilder } from 'kysely'
import { jsonBuildObject } from 'kysely/helpers/postgres'
import type { Database } from '../store/schema.ts'

/** A person as `{ id, address, name }`, for a query that has joined `person`. */
export function personRefOf<Tables extends Record<'person', Database['person']>>(
  from: ExpressionBuilder<Tables, 'person'>,
) {
  return jsonBuildObject({
    id: from.ref('person.id'),
    address: from.ref('person.address'),
    name: from.ref('person.name'),
  })
}
