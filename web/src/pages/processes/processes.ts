import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/schema.ts'
import { sessionQuery } from '../../api/session.ts'

type Schemas = components['schemas']
export type Definition = Schemas['ProcessDefinition']
export type Step = Schemas['ProcessStep']
export type Version = Schemas['ProcessVersionDetail']
export type Problem = Schemas['CheckedProblem']
export type Locale = 'en' | 'fr'

export const processList = infiniteQueryOptions({
  queryKey: ['processes', 'list'],
  queryFn: ({ pageParam }) =>
    answerOf(api.GET('/api/processes', { params: { query: pageParam === '' ? {} : { after: pageParam } } })),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
})

export const versionQuery = (name: string, version: number) =>
  queryOptions({
    queryKey: ['processes', name, version],
    queryFn: () =>
      answerOf(api.GET('/api/processes/{name}/versions/{version}', { params: { path: { name, version } } })),
  })

/** The active version of a process, with what was written. */
export const activeVersion = (name: string) =>
  queryOptions({
    queryKey: ['processes', name, 'active'],
    queryFn: async () => {
      const path = { name }
      const { version } = await answerOf(api.GET('/api/processes/{name}', { params: { path } }))
      return answerOf(
        api.GET('/api/processes/{name}/versions/{version}', { params: { path: { name, version } } }),
      )
    },
  })

export const versionList = (name: string) =>
  infiniteQueryOptions({
    queryKey: ['processes', name, 'versions'],
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/processes/{name}/versions', {
          params: { path: { name }, query: pageParam === null ? {} : { after: Number(pageParam) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })

/**
 * What the server says of a definition, in the reader's language. A page may begin with it, and the server takes it only
 * with what comes with the session.
 */
export const checkOf = (definition: string, language: string) =>
  queryOptions({
    queryKey: ['process-check', definition, language],
    queryFn: async ({ client }) => {
      await client.ensureQueryData(sessionQuery)
      return answerOf(api.POST('/api/processes/check', { body: { definition } }))
    },
    staleTime: 60_000,
  })

export const mailboxNames = queryOptions({
  queryKey: ['mailboxes', 'names'],
  queryFn: async () => {
    const { items } = await answerOf(api.GET('/api/mailboxes'))
    return items.map(({ name }) => name)
  },
})

interface Asked {
  definition: string
  step: string
  locale: Locale
}

/** What would be read in a reply, and what would follow. */
export const triedReply = (asked: Asked & { text: string }, language: string) =>
  queryOptions({
    queryKey: ['try-reply', asked, language],
    queryFn: () => answerOf(api.POST('/api/processes/try-reply', { body: asked })),
    staleTime: 60_000,
  })

export const mailPreview = (asked: Asked) =>
  queryOptions({
    queryKey: ['preview-mail', asked],
    queryFn: () => answerOf(api.POST('/api/processes/preview-mail', { body: asked })),
    staleTime: 60_000,
  })

/**
 * Makes a definition the active version. `basedOn` is the version that it was made from, 0 for none; null for `mailbox`
 * leaves its mails where they go out. Throws `ProblemError`: `invalid-definition`, `process-changed`, `mailbox-needed` …
 */
export async function saveDefinition(
  queries: QueryClient,
  { definition, basedOn, mailbox }: { definition: string; basedOn: number; mailbox: string | null },
): Promise<{ name: string; version: number; changed: boolean }> {
  const body = { definition, basedOn, ...(mailbox !== null && { mailbox }) }
  const saved = await answerOf(api.POST('/api/processes/import', { body }))
  await queries.invalidateQueries({ queryKey: ['processes'] })
  return saved
}
