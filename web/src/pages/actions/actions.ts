import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/schema.ts'

export type Action = components['schemas']['Action']
export type ActionDetail = components['schemas']['ActionDetail']

/** The lists of one's own approvals: what waits, what of it another has handed on, and what is closed. */
export const actionLists = ['open', 'handed-on', 'closed'] as const
export type ActionList = (typeof actionLists)[number]

const queries = {
  open: { state: 'open' },
  'handed-on': { state: 'open', handedOn: 'true' },
  closed: { state: 'closed' },
} as const

export const actionsIn = (list: ActionList) =>
  infiniteQueryOptions({
    queryKey: ['actions', list],
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/actions', {
          params: { query: { ...queries[list], ...(pageParam && { after: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const actionQuery = (id: string) =>
  queryOptions({
    queryKey: ['action', id],
    queryFn: () => answerOf(api.GET('/api/actions/{id}', { params: { path: { id } } })),
  })

export interface GivenAnswer {
  result: string
  answers: Record<string, string>
  comment: string
}

/** Answers an action; the first answer counts. Throws `ProblemError`, `already-decided` among others. */
export function decide(id: string, body: GivenAnswer): Promise<ActionDetail> {
  return answerOf(api.POST('/api/actions/{id}/decide', { params: { path: { id } }, body }))
}

/** Asks somebody else in one's place. Throws `ProblemError`. */
export async function handOn(id: string, body: { to: string; comment: string }): Promise<void> {
  await answerOf(api.POST('/api/actions/{id}/reassign', { params: { path: { id } }, body }))
}
