import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/schema.ts'
import type { Filter } from './filter.ts'

type Schemas = components['schemas']
export type Inbound = Schemas['InboundMessageDetail']
export type Unfetched = Schemas['UnfetchedMessageDetail']
export type Outbound = Schemas['OutboundMessageDetail']
export type Message = Inbound | Unfetched | Outbound
export type ListedMessage =
  | Schemas['InboundMessage']
  | Schemas['UnfetchedMessage']
  | Schemas['OutboundMessage']

/** How often one looks oneself while the server cannot tell, and at a message that is still on its way. */
const LOOK_MS = 10_000
/** As much of the source as anybody reads on a page. */
const SOURCE_LIMIT = 200_000

export const mailLogKey = (filter: Filter) => ['mail-log', filter] as const

export const mailLog = (filter: Filter, isLive: boolean) =>
  infiniteQueryOptions({
    queryKey: mailLogKey(filter),
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/messages', {
          params: { query: { ...filter, ...(pageParam && { after: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: isLive ? false : LOOK_MS,
  })

export const messageQuery = (id: string, language: string) =>
  queryOptions({
    // The server tells it in words.
    queryKey: ['message', id, language],
    queryFn: () => answerOf(api.GET('/api/messages/{id}', { params: { path: { id } } })),
    refetchInterval: LOOK_MS,
  })

export interface Source {
  text: string
  isMasked: boolean
  isCut: boolean
}

export const sourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['message-source', id],
    queryFn: async (): Promise<Source> => {
      const call = api.GET('/api/messages/{id}/raw', { params: { path: { id } }, parseAs: 'blob' })
      const octets = (await answerOf(call)) as Blob
      const { response } = await call
      return {
        // Every octet is a letter: nothing is made of what is no UTF-8.
        text: new TextDecoder('latin1').decode(await octets.slice(0, SOURCE_LIMIT).arrayBuffer()),
        isMasked: response.headers.has('x-countersign-masked'),
        isCut: octets.size > SOURCE_LIMIT,
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  })

export const sourceAddress = (id: string) => `/api/messages/${id}/raw`

/** Takes a message up again that was given up. Throws `ProblemError`. */
export async function runAgain(id: string, evenIfSent: boolean): Promise<void> {
  const call = api.POST('/api/dead-letters/{id}/run-again', {
    params: { path: { id } },
    body: { evenIfSent },
  })
  await answerOf(call)
}

export type HeldJudgement = 'released' | 'rejected'

/** Releases a held reply, which then decides, or rejects it. Throws `ProblemError`. */
export async function settleHeld(id: string, body: { as: HeldJudgement; reason: string }): Promise<void> {
  await answerOf(api.POST('/api/messages/{id}/settle-held', { params: { path: { id } }, body }))
}

/** What a reply was asked, for whoever enters its answer. */
export const askedQuery = (actionId: string) =>
  queryOptions({
    queryKey: ['action', actionId],
    queryFn: () => answerOf(api.GET('/api/actions/{id}', { params: { path: { id: actionId } } })),
  })

export interface HandAnswer {
  /** By question id. */
  answers: Record<string, string>
  comment: string
  reason: string
}

/** Enters what a reply says, which then decides. Throws `ProblemError`. */
export async function answerByHand(id: string, body: HandAnswer): Promise<void> {
  await answerOf(api.POST('/api/messages/{id}/answer', { params: { path: { id } }, body }))
}
