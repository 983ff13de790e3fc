import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/schema.ts'

export type RequestSummary = components['schemas']['RequestSummary']
export type Request = components['schemas']['Request']
export type TimelineEntry = Request['timeline'][number]

const LOOK_MS = 15_000

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
  refetchInterval: LOOK_MS,
})

export const requestQuery = (id: number) =>
  queryOptions({
    queryKey: ['request', id],
    queryFn: () => answerOf(api.GET('/api/requests/{id}', { params: { path: { id } } })),
    refetchInterval: LOOK_MS,
  })
