import type { components } from './schema.ts'

export type Problem = components['schemas']['ProblemDetails']

/** The server's refusal (RFC 9457), in the reader's language: what happened and what to do. */
export class ProblemError extends Error {
  override name = 'ProblemError'
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** What a failed answer holds; null when it is no problem document, as from a proxy between us and the server. */
export function problemIn(body: unknown): Problem | null {
  const isProblem = typeof body === 'object' && body !== null && 'code' in body && 'detail' in body
  return isProblem ? (body as Problem) : null
}

/** What to say of a failed call: the server's words; when no answer came, that it is not known whether it was done. */
export function wordsOf(error: unknown, unreachable: { title: string; detail: string }) {
  return error instanceof ProblemError ? error.problem : unreachable
}
