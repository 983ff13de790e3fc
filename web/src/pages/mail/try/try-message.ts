import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../../api/client.ts'
import type { components } from '../../../api/schema.ts'

export type TriedMessage = components['schemas']['TriedMessage']

/** What a message is read as the answer to. */
export type Against = { request: number } | { process: string; step: string }

/** Processes that a message can be tried against; whoever has more than these names a request. */
const MOST_PROCESSES = 200

export const processesQuery = queryOptions({
  queryKey: ['processes', 'to-try'],
  queryFn: async () => {
    const { items } = await answerOf(
      api.GET('/api/processes', { params: { query: { limit: MOST_PROCESSES } } }),
    )
    return items
  },
})

export const stepsQuery = (process: string) =>
  queryOptions({
    queryKey: ['process', process, 'steps'],
    queryFn: async () => {
      const { definition } = await answerOf(
        api.GET('/api/processes/{name}', { params: { path: { name: process } } }),
      )
      return definition.steps.map(({ name, title }) => ({ name, title }))
    },
    enabled: process !== '',
  })

/** Has the octets read; nothing follows from it. Throws `ProblemError`. */
export function tryMessage(message: Blob, against: Against, locale: 'en' | 'fr'): Promise<TriedMessage> {
  return answerOf(
    api.POST('/api/messages/try', {
      params: { query: { ...against, locale } },
      headers: { 'content-type': 'message/rfc822' },
      body: message,
      bodySerializer: (octets) => octets as Blob,
    }),
  )
}

/** What somebody typed, as the mail that it would be. RFC 5322: an empty line ends the header fields. */
export const mailOf = (written: string) =>
  new Blob([`Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${written}`])
