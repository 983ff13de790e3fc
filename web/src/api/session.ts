import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'
import { keepCsrf } from './csrf.ts'
import { ProblemError } from './problem-error.ts'
import type { components } from './schema.ts'

export type Session = components['schemas']['Session']

const AGAIN_MS = 3_000

/**
 * Who is signed in; null for nobody. Looked at again when somebody comes back to the tab: another may have changed it. As
 * long as it is not known it is asked by itself: without it the server takes nothing.
 */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    const session = await answerOf(api.GET('/api/session')).catch((error: unknown) => {
      if (error instanceof ProblemError && error.problem.code === 'not-signed-in') return null
      throw error
    })
    keepCsrf(session?.csrf ?? null)
    return session
  },
  refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
})

/** Throws `ProblemError`: `sign-in-refused`, `too-many-attempts` … */
export function signIn(body: { address: string; password: string }): Promise<Session> {
  return answerOf(api.POST('/api/session', { body }))
}

export async function signOut(): Promise<void> {
  await answerOf(api.DELETE('/api/session'))
}

/** Sets the password of whom the link is for, and signs them in. Throws `ProblemError`. */
export function welcome(body: { token: string; password: string }): Promise<Session> {
  return answerOf(api.POST('/api/session/welcome', { body }))
}
