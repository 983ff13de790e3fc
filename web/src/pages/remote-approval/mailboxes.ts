import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components, operations } from '../../api/schema.ts'

export type Mailbox = components['schemas']['Mailbox']
export type MailboxChange = components['schemas']['MailboxChange']
export type MailboxBody = operations['saveMailbox']['requestBody']['content']['application/json']
export type MailboxType = MailboxBody['mailbox']['type']

/** Often enough to see a mailbox come to work that was just entered. */
const LOOK_MS = 10_000

/** The mailboxes of the installation, by name. */
export const mailboxes = queryOptions({
  queryKey: ['mailboxes'],
  queryFn: async () => (await answerOf(api.GET('/api/mailboxes'))).items,
  refetchInterval: LOOK_MS,
})

/** One mailbox with its settings and state. */
export const mailboxNamed = (name: string) =>
  queryOptions({
    queryKey: ['mailboxes', name],
    queryFn: () => answerOf(api.GET('/api/mailboxes/{name}', { params: { path: { name } } })),
    refetchInterval: LOOK_MS,
  })

/**
 * Changes a mailbox, or creates it under a name that must not be taken; the answer says what was put right in what was
 * entered.
 */
export const saveMailbox = (name: string, body: MailboxBody, { isNew = false } = {}) =>
  answerOf(
    api.PUT('/api/mailboxes/{name}', {
      params: { path: { name }, ...(isNew && { header: { 'if-none-match': '*' } }) },
      body,
    }),
  )

/** Who changed what of it, newest first. */
export const changesOf = (name: string) =>
  infiniteQueryOptions({
    queryKey: ['mailboxes', name, 'changes'],
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/mailboxes/{name}/changes', {
          params: { path: { name }, query: { limit: 10, ...(pageParam && { after: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

/** Has a mailbox that trouble stopped run again. */
export const resumeMailbox = (name: string) =>
  answerOf(api.POST('/api/mailboxes/{name}/resume', { params: { path: { name } } }))

/** What was just answered about a mailbox stands in for asking again. */
export async function noteMailbox(queries: QueryClient, mailbox: Mailbox): Promise<void> {
  queries.setQueryData(mailboxNamed(mailbox.name).queryKey, mailbox)
  await queries.invalidateQueries({ queryKey: mailboxes.queryKey, exact: true })
  await queries.invalidateQueries({ queryKey: changesOf(mailbox.name).queryKey })
}
