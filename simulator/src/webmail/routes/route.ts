import type { IncomingMessage } from 'node:http'
import type { Answer } from '../http/answer.ts'
import type { Visit } from '../pages/visit.ts'

/** A request that matched a route; `params` are the named segments of its pattern. */
export type Call = Visit & {
  readonly request: IncomingMessage
  readonly params: Readonly<Record<string, string>>
  readonly now: () => Date
}

export type Route = {
  readonly method: 'GET' | 'POST'
  readonly pattern: string
  readonly answer: (call: Call) => Answer | Promise<Answer>
}
