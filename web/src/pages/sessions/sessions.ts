import { infiniteQueryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/schema.ts'

export type OwnSession = components['schemas']['OwnSession']

/** The browsers that one is signed in with, newest first. */
export const sessionsQuery = infiniteQueryOptions({
  queryKey: ['sessions'],
  queryFn: ({ pageParam }) =>
    answerOf(api.GET('/api/sessions', { params: { query: pageParam ? { after: pageParam } : {} } })),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
})

/** Throws `ProblemError`: `session-not-found` when it has ended already. */
export async function endSession(id: string): Promise<void> {
  await answerOf(api.DELETE('/api/sessions/{id}', { params: { path: { id } } }))
}
