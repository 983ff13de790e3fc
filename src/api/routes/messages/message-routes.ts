import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { byId, name, requestId } from '../../common-schemas.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { listInbound } from './list-inbound.ts'
import { loadInboundView } from './load-inbound-view.ts'
import { loadRawMessage } from './load-raw-message.ts'
import {
  inboundItem,
  inboundSummary,
  messageView,
  outboundSummary,
  unfetchedSummary,
} from './message-view.ts'
import { replayRoute } from './replay-route.ts'
import {
  selectOutbound,
  selectUnfetched,
  toOutboundSummaries,
  toUnfetchedSummary,
} from './select-messages.ts'

const tags = ['messages']
const right = { scope: 'messages:read', role: 'administrator' } as const
const filters = { ...pageQuery(z.uuid()), mailbox: name.optional(), request: requestId.optional() }

/** The mail log: what came in, what was made of it, what went out. The only place where message bodies are shown. */
export function messageRoutes(server: ApiServer, parts: ApiParts): void {
  const { context } = parts
  replayRoute(server, parts)

  server.get(
    '/api/messages/inbound',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'listInboundMessages',
        summary: 'Replies and bounces, newest first',
        querystring: z.strictObject({
          ...filters,
          state: z
            .enum([...inboundSummary.shape.state.options, unfetchedSummary.shape.state.value])
            .optional()
            .describe('`dead`: could not be processed; `unfetched`: could not be fetched; see `error`'),
          outcome: inboundSummary.shape.outcome.unwrap().optional(),
        }),
        response: { 200: pageOf(inboundItem), default: problemResponse },
      },
    },
    ({ query }) => listInbound(context.db, query),
  )

  server.get(
    '/api/messages/outbound',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'listOutboundMessages',
        summary: 'Our mails, newest first',
        querystring: z.strictObject({
          ...filters,
          state: outboundSummary.shape.state.optional().describe('`dead`: given up, see `error`'),
        }),
        response: { 200: pageOf(outboundSummary), default: problemResponse },
      },
    },
    async ({ query }) => {
      let messages = selectOutbound(context.db)
        .orderBy('outboundMessage.id', 'desc')
        .limit(query.limit + 1)
      if (query.after !== undefined) messages = messages.where('outboundMessage.id', '<', query.after)
      if (query.mailbox !== undefined) messages = messages.where('mailbox.name', '=', query.mailbox)
      if (query.request !== undefined) {
        messages = messages.where('outboundMessage.requestId', '=', query.request)
      }
      if (query.state !== undefined) messages = messages.where('outboundMessage.state', '=', query.state)
      const { rows, next } = toPage(await messages.execute(), query.limit)
      return { items: await toOutboundSummaries(context, rows), next }
    },
  )

  server.get(
    '/api/messages/:id',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'getMessage',
        summary: 'One message: what was read, what was trusted and why, what followed',
        params: byId,
        response: { 200: messageView, default: problemResponse },
      },
    },
    async ({ params, headers }) => {
      const inbound = await loadInboundView(context, params.id, chooseLocale(headers['accept-language']))
      if (inbound) return inbound
      const unfetched = await selectUnfetched(context.db)
        .where('failedFetch.id', '=', params.id)
        .executeTakeFirst()
      if (unfetched) return toUnfetchedSummary(unfetched)
      const outbound = await selectOutbound(context.db)
        .where('outboundMessage.id', '=', params.id)
        .executeTakeFirst()
      const [summary] = outbound ? await toOutboundSummaries(context, [outbound]) : []
      if (!summary) throw new AppError('message-not-found', { message: params.id })
      return summary
    },
  )

  server.get(
    '/api/messages/:id/raw',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'downloadMessage',
        summary: 'The octets of an inbound message',
        description:
          'While its action is open, reply tokens are masked (`x-countersign-masked: reply-tokens`); where that ' +
          'cannot be done the answer is `token-in-use`.',
        params: byId,
        response: {
          200: { description: 'RFC 5322 octets', content: { 'message/rfc822': { schema: z.any() } } },
          default: problemResponse,
        },
      },
    },
    async ({ params }, reply) => {
      const { octets, masked } = await loadRawMessage(context, params.id)
      if (masked) reply.header('x-countersign-masked', 'reply-tokens')
      return reply
        .type('message/rfc822')
        .header('content-disposition', `attachment; filename="${params.id}.eml"`)
        .send(octets)
    },
  )
}
