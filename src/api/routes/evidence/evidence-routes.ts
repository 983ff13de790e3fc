import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import { writeZip } from '../../../lib/zip/write-zip.ts'
import { appendAudit } from '../../../store/audit.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { attachmentHeader } from '../../attachment-header.ts'
import { actorOf, type Caller, demandRight } from '../../caller.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { byId, requestId } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'
import { type RequestRow, selectRequests } from '../requests/request-view.ts'
import { collectEvidence } from './collect-evidence.ts'
import type { EvidenceScope } from './evidence-scope.ts'
import type { EvidenceMessage } from './message-files.ts'
import { messagesOfRequest } from './messages-of-request.ts'
import { seal } from './seal.ts'

const tags = ['audit']
const ZIP = 'application/zip'
const right = { scope: 'audit:read', role: 'auditor' } as const
/** The bodies of messages are in it, too. */
const rightToMessages = { scope: 'messages:read', role: 'auditor' } as const
/** By default that of `Accept-Language`: who presses a link in a browser has chosen another, maybe. */
const querystring = z.strictObject({ locale: z.enum(['en', 'fr']).optional() })

const response = {
  200: { description: 'A ZIP file', content: { [ZIP]: { schema: z.any() } } },
  default: problemResponse,
}
const description =
  'A ZIP file: README.txt in the caller’s language says what is in it and how to verify it without us; messages with what was ' +
  'read and trusted, the history with its digests and the checkpoint that covers it, the process’s definition, and SHA256SUMS ' +
  'with its signature. Reply tokens are masked while they work. The history of the request says who exported it. Needs ' +
  '`messages:read`, too.'

/** Evidence that can be verified without us: of a request, or of one message. */
export function evidenceRoutes(server: ApiServer, parts: ApiParts): void {
  const { db, clock } = parts.context

  server.get(
    '/api/requests/:id/evidence',
    {
      // Who only asks whether it is there exports nothing.
      exposeHeadRoute: false,
      config: { right },
      schema: {
        tags,
        operationId: 'exportRequestEvidence',
        summary: 'Export the evidence of a request',
        description,
        params: z.strictObject({ id: requestId }),
        querystring,
        response,
      },
    },
    async ({ caller, params, query, headers }, reply) => {
      demandRight(caller, rightToMessages)
      const request = await findRequest(params.id)
      if (!request) throw new AppError('request-not-found', { request: String(params.id) })
      return send(reply, `evidence-request-${request.id}.zip`, {
        ...{ request, caller, isWhole: true, at: clock() },
        messages: await messagesOfRequest(db, request.id),
        locale: query.locale ?? chooseLocale(headers['accept-language']),
      })
    },
  )

  server.get(
    '/api/messages/:id/evidence',
    {
      exposeHeadRoute: false,
      config: { right },
      schema: {
        tags,
        operationId: 'exportMessageEvidence',
        summary: 'Export the evidence of one message, with the history of its request',
        description,
        params: byId,
        querystring,
        response,
      },
    },
    async ({ caller, params, query, headers }, reply) => {
      demandRight(caller, rightToMessages)
      const found = await findMessage(params.id)
      if (!found) throw new AppError('message-not-found', { message: params.id })
      const request = found.requestId === null ? undefined : await findRequest(found.requestId)
      return send(reply, `evidence-message-${params.id}.zip`, {
        ...{ request: request ?? null, caller, isWhole: false, at: clock() },
        messages: [{ id: params.id, direction: found.direction }],
        locale: query.locale ?? chooseLocale(headers['accept-language']),
      })
    },
  )

  function findRequest(id: number): Promise<RequestRow | undefined> {
    return selectRequests(db).where('request.id', '=', id).executeTakeFirst()
  }

  async function findMessage(
    id: string,
  ): Promise<(Pick<EvidenceMessage, 'direction'> & { requestId: number | null }) | null> {
    const inbound = await db
      .selectFrom('inboundMessage')
      .select('requestId')
      .where('id', '=', id)
      .executeTakeFirst()
    if (inbound) return { ...inbound, direction: 'inbound' }
    const outbound = await db
      .selectFrom('outboundMessage')
      .select('requestId')
      .where('id', '=', id)
      .executeTakeFirst()
    return outbound ? { ...outbound, direction: 'outbound' } : null
  }

  /** The history says who exported it before the first octet leaves, and is exported with that entry as its last. */
  async function send(reply: FastifyReply, name: string, scope: EvidenceScope): Promise<FastifyReply> {
    await note(scope)
    const files = seal(collectEvidence(parts, scope), parts.signingKey)
    return reply
      .type(ZIP)
      .header('content-disposition', attachmentHeader(name))
      .send(writeZip(files, scope.at))
  }

  async function note({ request, messages, isWhole, at, caller }: EvidenceScope): Promise<void> {
    const message = isWhole ? null : (messages[0]?.id ?? null)
    if (request === null) {
      // No history has a place for it.
      parts.context.log.info({ message, by: actorOf(caller) }, 'the evidence of a message was exported')
      return
    }
    await db.transaction().execute((tx) =>
      appendAudit(tx, {
        ...{ requestId: request.id, at, kind: 'evidence-exported', actorId: actorOf(caller) },
        payload: { message, ...tokenOf(caller) },
      }),
    )
  }
}

function tokenOf(caller: Caller): object {
  return caller.kind === 'person' && caller.by === 'token' ? { apiTokenId: caller.tokenId } : {}
}
