import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { ProblemDetails } from '../api/problem-details.ts'
import type { Locale } from '../lib/translate.ts'

export interface ApiCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With query. */
  path: string
  /** Goes out as JSON; octets go out as they are, as of this media type. */
  body?: unknown
  octets?: { type: string; content: Buffer<ArrayBuffer> }
}

/** Carries a call to the API, wherever it runs. `body` is JSON text, octets or empty. */
export type Transport = (call: {
  method: ApiCall['method']
  path: string
  headers: Record<string, string>
  body: string | Buffer<ArrayBuffer> | undefined
}) => Promise<{ status: number; body: Readable }>

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
export interface ApiClient {
  <Answer>(call: ApiCall): Promise<Answer>
  /** What a route tells bit by bit (NDJSON), each line as soon as it comes. */
  lines<Line>(call: ApiCall): AsyncGenerator<Line>
  /** The octets of a file that a route sends. */
  download(call: ApiCall): Promise<Readable>
}

export function apiClient(transport: Transport, options: { token: string; locale: Locale }): ApiClient {
  async function send({ method, path, body, octets }: ApiCall, accept: string): Promise<Readable> {
    const answer = await transport({
      method,
      path,
      headers: {
        authorization: `Bearer ${options.token}`,
        'accept-language': options.locale,
        accept,
        ...(octets ? { 'content-type': octets.type } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: octets?.content ?? (body === undefined ? undefined : JSON.stringify(body)),
    })
    if (answer.status >= 400) throw new ApiRefusal(JSON.parse(await text(answer.body)))
    return answer.body
  }

  const call = async <Answer>(apiCall: ApiCall) => {
    const body = await text(await send(apiCall, 'application/json'))
    return (body === '' ? undefined : JSON.parse(body)) as Answer
  }
  async function* lines<Line>(apiCall: ApiCall): AsyncGenerator<Line> {
    let rest = ''
    for await (const chunk of (await send(apiCall, 'application/x-ndjson')).setEncoding('utf8')) {
      const complete = `${rest}${chunk}`.split('\n')
      // Of an answer that is cut off, half a line is nothing.
      rest = complete.pop() ?? ''
      for (const line of complete) yield JSON.parse(line) as Line
    }
  }
  const download = (apiCall: ApiCall) => send(apiCall, '*/*')
  return Object.assign(call, { lines, download })
}
