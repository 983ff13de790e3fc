import createClient from 'openapi-fetch'
import { currentLanguage } from '../app/language.ts'
import { keptCsrf } from './csrf.ts'
import { ProblemError, problemIn } from './problem-error.ts'
import type { paths } from './schema.ts'

/** The API, typed by its OpenAPI document. Answers come in the language of the pages. */
export const api = createClient<paths>({ baseUrl: '' })

api.use({
  onRequest({ request }) {
    request.headers.set('accept-language', currentLanguage())
    const csrf = keptCsrf()
    if (csrf !== null && request.method !== 'GET') request.headers.set('x-countersign-csrf', csrf)
    return request
  },
})

/** What the server answered. Throws `ProblemError` with its refusal, and an `Error` when it cannot be understood. */
export async function answerOf<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await call
  if (response.ok) return data as Data
  const problem = problemIn(error)
  if (problem !== null) throw new ProblemError(problem)
  throw new Error(`HTTP ${response.status}`)
}
