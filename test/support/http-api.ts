/** A client of the API over HTTP, as anybody may write one. */
export interface HttpApi {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body?: unknown): Promise<T>
  put<T>(path: string, body: unknown): Promise<T>
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
  async function call(method: string, path: string, body?: unknown) {
    const answer = await fetch(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const value = text === '' ? null : JSON.parse(text)
    if (!answer.ok) throw new Refused(answer.status, value)
    return value
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
  }
}
