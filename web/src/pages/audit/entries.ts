import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/schema.ts'
import { type Filter, toQuery } from './filter.ts'

type Schemas = components['schemas']
export type Entry = Schemas['AuditEntry']
export type EntryDetail = Schemas['AuditEntryDetail']
export type Verification = Schemas['AuditVerification']
export type SignInEvent = Schemas['SignInEvent']

/** In which language it is told, and where its days begin. */
interface Reader {
  language: string
  timeZone: string
}

export const entriesQuery = (filter: Filter, { language, timeZone }: Reader) =>
  infiniteQueryOptions({
    // The server tells it in words.
    queryKey: ['audit', filter, language, timeZone],
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/audit/entries', {
          params: { query: { ...toQuery(filter, timeZone), ...(pageParam && { after: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const entryQuery = (id: string, language: string) =>
  queryOptions({
    queryKey: ['audit-entry', id, language],
    queryFn: () => answerOf(api.GET('/api/audit/entries/{id}', { params: { path: { id } } })),
  })

/** Whether the chain of one request is the one that was written. */
export const chainQuery = (request: number) =>
  queryOptions({
    queryKey: ['audit-chain', request],
    queryFn: () => answerOf(api.GET('/api/audit/verify', { params: { query: { request } } })),
  })

/** Reads all entries there are: asked for, not looked at by the way. Throws `ProblemError`. */
export const verifyAll = (): Promise<Verification> => answerOf(api.GET('/api/audit/verify'))

export const checkpointsQuery = queryOptions({
  queryKey: ['audit-checkpoints'],
  queryFn: () => answerOf(api.GET('/api/audit/checkpoints')),
})

export const signInsQuery = infiniteQueryOptions({
  queryKey: ['sign-ins'],
  queryFn: ({ pageParam }) =>
    answerOf(
      api.GET('/api/audit/sign-ins', { params: { query: { ...(pageParam && { after: pageParam }) } } }),
    ),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
})

export const checkpointsAddress = '/api/audit/checkpoints/export'

/** Where everything that fits is downloaded from. */
export function exportAddress(
  filter: Filter,
  format: 'jsonl' | 'csv',
  { language, timeZone }: Reader,
): string {
  const members = { ...toQuery(filter, timeZone), format, locale: language }
  return `/api/audit/export?${new URLSearchParams(
    Object.entries(members).map(([name, value]) => [name, String(value)]),
  )}`
}
