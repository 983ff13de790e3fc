import type { ProblemDetails } from '../api/problem-details.ts'
import type { Locale } from '../lib/translate.ts'

export interface ApiCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With query. */
  path: string
  body?: unknown
}

/** Carries a call to the API, wherever it runs. `body` is JSON text or empty. */
export type Transport = (call: {
  method: ApiCall['method']
  path: string
  headers: Record<string, string>
  body: string | undefined
}) => Promise<{ status: number; body: string }>

/** The API has refused: `problem` says why, in the language of the terminal. */
export class ApiRefusal extends Error {
  readonly problem: ProblemDetails

  constructor(problem: ProblemDetails) {
    super(problem.detail)
    this.name = 'ApiRefusal'
    this.problem = problem
  }
}

/** Calls the API as the operator. The answer's type is the caller's knowledge of the route. Throws `ApiRefusal`. */
export type ApiClient = <Answer>(call: ApiCall) => Promise<Answer>

export function apiClient(transport: Transport, options: { token: string; locale: Locale }): ApiClient {
  return async <Answer>({ method, path, body }: ApiCall) => {
    const answer = await transport({
      method,
      path,
      headers: {
        authorization: `Bearer ${options.token}`,
        'accept-language': options.locale,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const document = answer.body === '' ? undefined : JSON.parse(answer.body)
    if (answer.status >= 400) throw new ApiRefusal(document)
    return document as Answer
  }
}
