/** The part of Countersign's API that the demo uses, over HTTP like any other client. */

export interface Person {
  id: string
  address: string
  name: string
}

export interface Action {
  id: string
  number: number
  status: 'open' | 'decided' | 'cancelled'
  question: { choices: { result: string; label: { en: string; fr?: string } }[] }
  assignees: Person[]
  decision: {
    result: string
    comment: string
    at: string
    by: Person
    inboundMessageId: string | null
  } | null
}

export interface DemoRequest {
  id: number
  title: string
  status: 'open' | 'completed' | 'cancelled'
  ending: string | null
  requester: Person
  actions: Action[]
  timeline: { sequence: number; at: string; kind: string; by: Person | null }[]
}

export interface OutboundMail {
  id: string
  kind: string
  state: string
  to: string
}

/** RFC 9457. */
interface Problem {
  title: string
  detail?: string
  problems?: { path: string; message: string }[]
}

/** Calls the API; an answer that is no success throws with the problem's own words. */
export type Api = <T>(method: string, path: string, body?: unknown) => Promise<T>

export function apiOf(server: { url: string; token: string }, locale: string): Api {
  return async (method, path, body) => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${server.token}`,
        'accept-language': locale,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (response.ok) return (await response.json()) as never
    const problem = (await response.json()) as Problem
    const details = (problem.problems ?? []).map(({ message }) => message)
    throw new Error([`${method} ${path}: ${problem.detail ?? problem.title}`, ...details].join('\n  '))
  }
}
