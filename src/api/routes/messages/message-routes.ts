import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { byId, name, requestId } from '../../common-schemas.ts'
import { pageOf, pageQuery } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { answerByHandRoute } from './answer-by-hand-route.ts'
import { listInbound } from './list-inbound.ts'
import { listMessages } from './list-messages.ts'
import { listOutbound } from './list-outbound.ts'
import { loadInboundView } from './load-inbound-view.ts'
import { loadOutboundView } from './load-outbound-view.ts'
import { loadRawMessage } from './load-raw-message.ts'
import { loadUnfetchedView } from './load-unfetched-view.ts'
import { messageEventsRoute } from './message-events-route.ts'
import {
  inboundItem,
  inboundSummary,
  messageFilter,
  messageItem,
  messageView,
  outboundSummary,
  unfetchedSummary,
} from './message-view.ts'
import { replayRoute } from './replay-route.ts'
import { settleHeldRoute } from './settle-held-route.ts'
import { tryMessageRoute } from './try-message-route.ts'

const tags = ['messages']
const right = { scope: 'messages:read', role: 'auditor' } as const
const filters = { ...pageQuery(z.uuid()), mailbox: name.optional(), request: requestId.optional() }

/** The mail log: what came in, what was made of it, what went out. The only place where message bodies are shown. */
export function messageRoutes(server: ApiServer, parts: ApiParts): void {
  const { context } = parts
  replayRoute(server, parts)
  messageEventsRoute(server, parts)
  tryMessageRoute(server, parts)
  settleHeldRoute(server, parts)
  answerByHandRoute(server, parts)

  server.get(
    '/api/messages',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'listMessages',
        summary: 'The mail log: what came in and what went out in one list, newest first',
        querystring: z.strictObject({ ...pageQuery(z.uuid()), ...messageFilter }),
        response: { 200: pageOf(messageItem), default: problemResponse },
      },
    },
    ({ query }) => listMessages(context, query),
  )

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
    ({ query }) => listOutbound(context, query),
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
      const locale = chooseLocale(headers['accept-language'])
      const view =
        (await loadInboundView(context, params.id, locale)) ??
        (await loadUnfetchedView(context.db, params.id, locale)) ??
        (await loadOutboundView(context, params.id, locale))
      if (view === null) throw new AppError('message-not-found', { message: params.id })
      return view
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
