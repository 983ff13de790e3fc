import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/schema.ts'

export type RequestSummary = components['schemas']['RequestSummary']
export type Request = components['schemas']['Request']
export type TimelineEntry = Request['timeline'][number]

/** The reader's own requests, newest first. */
export const ownRequests = infiniteQueryOptions({
  queryKey: ['requests', 'mine'],
  queryFn: ({ pageParam }) =>
    answerOf(
      api.GET('/api/requests', {
        params: { query: { requester: 'me', ...(pageParam && { after: Number(pageParam) }) } },
      }),
    ),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
})

/** Takes a request back; those who are asked are told. Throws `ProblemError`: `request-closed` among others. */
export function cancelRequest(id: number, body: { comment: string }): Promise<Request> {
  return answerOf(api.POST('/api/requests/{id}/cancel', { params: { path: { id } }, body }))
}

export const requestQuery = (id: number) =>
  queryOptions({
    queryKey: ['request', id],
    queryFn: () => answerOf(api.GET('/api/requests/{id}', { params: { path: { id } } })),
  })
