import { infiniteQueryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../../api/client.ts'
import type { components } from '../../../api/schema.ts'

export type Footer = components['schemas']['Footer']

export const footersQuery = infiniteQueryOptions({
  queryKey: ['footers'],
  queryFn: ({ pageParam }) =>
    answerOf(api.GET('/api/footers', { params: { query: pageParam === '' ? {} : { after: pageParam } } })),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
})

/** Takes a line off replies from now on, or leaves it in them for good. */
export function switchFooter(id: string, state: 'on' | 'off'): Promise<Footer> {
  return answerOf(api.PUT('/api/footers/{id}', { params: { path: { id } }, body: { state } }))
}
