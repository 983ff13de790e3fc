import { isObject } from '../check-json.ts'
import { graphErrors } from './graph-error.ts'
import type { GraphRequest } from './request.ts'

/** @throws GraphError 400 RequestBodyRead when the body is no JSON object */
export function readJson({ body }: GraphRequest): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (isObject(value)) return value
  } catch {
    // Answered below: the reason a parser gives is not Graph's.
  }
  throw graphErrors.unreadableBody(
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  )
}
