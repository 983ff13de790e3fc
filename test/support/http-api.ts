/** A client of the API over HTTP, as anybody may write one. */
import { createInterface } from 'node:readline/promises'
import { Readable } from 'node:stream'

export interface HttpApi {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body?: unknown): Promise<T>
  put<T>(path: string, body: unknown): Promise<T>
  /** Posts, and gives each line of an answer in NDJSON as it comes; whoever wants no more goes away. */
  lines<T>(path: string): AsyncGenerator<T>
}

/** The API's refusal (RFC 9457). */
export class Refused extends Error {
  override name = 'Refused'
  readonly status: number
  readonly code: string
  constructor(status: number, problem: { code?: string; detail?: string; title?: string }) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`)
    this.status = status
    this.code = problem.code ?? ''
  }
}

/** Calls the API at `url`; an answer that is no success throws `Refused`. */
export function httpApi({ url, token }: { url: string; token: string }): HttpApi {
  const authorization = `Bearer ${token}`

  async function call(method: string, path: string, body?: unknown) {
    const answer = await fetch(new URL(path, url), {
      method,
      headers: {
        authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const value = text === '' ? null : JSON.parse(text)
    if (!answer.ok) throw new Refused(answer.status, value)
    return value
  }

  async function* lines<T>(path: string): AsyncGenerator<T> {
    const headers = { authorization, accept: 'application/x-ndjson' }
    const answer = await fetch(new URL(path, url), { method: 'POST', headers })
    if (!answer.ok || answer.body === null) throw new Refused(answer.status, JSON.parse(await answer.text()))
    const input = Readable.fromWeb(answer.body)
    try {
      for await (const line of createInterface({ input })) yield JSON.parse(line) as T
    } finally {
      input.destroy()
    }
  }

  return {
    lines,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
  }
}
