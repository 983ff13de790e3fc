import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/schema.ts'
import type { Filter } from './filter.ts'

type Schemas = components['schemas']
export type Person = Schemas['Person']
export type PersonDetail = Schemas['PersonDetail']
export type PersonEvent = Schemas['PersonEvent']
export type Delegation = Schemas['Delegation']

export const peopleQuery = (filter: Filter) =>
  infiniteQueryOptions({
    queryKey: ['people', 'list', filter],
    queryFn: ({ pageParam }) =>
      answerOf(api.GET('/api/people', { params: { query: { ...filter, ...after(pageParam) } } })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', 'one', id],
    queryFn: () => answerOf(api.GET('/api/people/{id}', { params: { path: { id } } })),
  })

export const historyQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['people', 'history', id],
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/people/{id}/history', {
          params: { path: { id }, query: { limit: 10, ...after(pageParam) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const signInsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['people', 'sign-ins', id],
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/audit/sign-ins', { params: { query: { person: id, limit: 5, ...after(pageParam) } } }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const delegationsQuery = (id: string, as: 'away' | 'stand-in') =>
  queryOptions({
    queryKey: ['people', 'delegations', id, as],
    queryFn: () =>
      answerOf(
        api.GET('/api/people/{id}/delegations', {
          params: { path: { id }, query: { as, ahead: 'true', limit: 50 } },
        }),
      ),
  })

/** What waits for somebody; a page of it is as much as is shown. */
export const openActionsQuery = (address: string) =>
  queryOptions({
    queryKey: ['people', 'open-actions', address],
    queryFn: () => answerOf(api.GET('/api/actions', { params: { query: { assignee: address, limit: 50 } } })),
  })

export type PersonChanges = Partial<
  Pick<Person, 'name' | 'address' | 'locale' | 'role' | 'active' | 'manager' | 'aliases'>
>

/** Throws `ProblemError`: `invalid-people`, `own-access` … */
export const changePerson = (id: string, body: PersonChanges): Promise<PersonDetail> =>
  answerOf(api.PATCH('/api/people/{id}', { params: { path: { id } }, body }))

/** Throws `ProblemError`: `person-known`, `invalid-people` … */
export const addPerson = (body: PersonChanges & { address: string; name: string }): Promise<PersonDetail> =>
  answerOf(api.POST('/api/people', { body }))

export async function giveAction(id: string, to: string): Promise<void> {
  await answerOf(api.POST('/api/actions/{id}/reassign', { params: { path: { id } }, body: { to } }))
}

export const recordDelegation = (
  id: string,
  body: { to: string; startsAt: string; endsAt: string; note: string },
): Promise<Delegation> =>
  answerOf(api.POST('/api/people/{id}/delegations', { params: { path: { id } }, body }))

export async function endDelegation(id: string, delegationId: string): Promise<void> {
  await answerOf(
    api.DELETE('/api/people/{id}/delegations/{delegationId}', { params: { path: { id, delegationId } } }),
  )
}

export const colleaguesQuery = (search: string) =>
  queryOptions({
    queryKey: ['colleagues', search],
    queryFn: () => answerOf(api.GET('/api/colleagues', { params: { query: { search } } })),
    enabled: search.trim() !== '',
  })

/** The query member of the following page. */
export const after = (page: string) => (page === '' ? {} : { after: page })
