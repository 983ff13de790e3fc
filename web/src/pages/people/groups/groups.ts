import { infiniteQueryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../../api/client.ts'
import type { components } from '../../../api/schema.ts'
import { after } from '../people.ts'

export type PeopleGroup = components['schemas']['PeopleGroup']
export type Member = components['schemas']['GroupMember']

export const groupsQuery = infiniteQueryOptions({
  queryKey: ['people', 'groups'],
  queryFn: ({ pageParam }) => answerOf(api.GET('/api/groups', { params: { query: after(pageParam) } })),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
})

export const membersQuery = (id: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ['people', 'members', id, search],
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/groups/{id}/members', {
          params: { path: { id }, query: { search, ...after(pageParam) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const groupHistoryQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['people', 'group-history', id],
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/groups/{id}/history', {
          params: { path: { id }, query: { limit: 10, ...after(pageParam) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

/** Throws `ProblemError`: `group-known`, `group-name-former` … */
export const renameGroup = (id: string, name: string): Promise<PeopleGroup> =>
  answerOf(api.PATCH('/api/groups/{id}', { params: { path: { id } }, body: { name } }))

/** Throws `ProblemError`: `group-in-process`, `group-has-actions` … */
export async function deleteGroup(id: string): Promise<void> {
  await answerOf(api.DELETE('/api/groups/{id}', { params: { path: { id } } }))
}

/** Throws `ProblemError`: `group-known`, `group-name-former` … */
export const makeGroup = (name: string): Promise<PeopleGroup> =>
  answerOf(api.POST('/api/groups', { body: { name } }))

/** Throws `ProblemError`: `person-not-found` … */
export async function addMember(id: string, address: string): Promise<void> {
  await answerOf(api.POST('/api/groups/{id}/members', { params: { path: { id } }, body: { address } }))
}

export async function removeMember(id: string, personId: string): Promise<void> {
  await answerOf(api.DELETE('/api/groups/{id}/members/{personId}', { params: { path: { id, personId } } }))
}
