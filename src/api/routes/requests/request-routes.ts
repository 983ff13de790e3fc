import { z } from 'zod'
import { cancelRequest } from '../../../approvals/commands/cancel-request.ts'
import { createRequest } from '../../../approvals/commands/create-request.ts'
import { MOST_FILES } from '../../../approvals/model/file-limits.ts'
import { AppError } from '../../../lib/app-error.ts'
import { findPersonByAddress, type Person } from '../../../people/find-person.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { actorOf, type Caller, isAdministrator, personOf } from '../../caller.ts'
import { address, comment, name, requestId, requestValues } from '../../common-schemas.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { readableRequests } from '../../readable-requests.ts'
import {
  requestSummary,
  requestView,
  selectRequests,
  toRequestSummary,
  toRequestView,
} from './request-view.ts'

const tags = ['requests']
/** Is no address, so it cannot be anybody else's. */
const ME = 'me'
const byNumber = z.strictObject({ id: requestId })

/** Making, following and cancelling requests. */
export function requestRoutes(server: ApiServer, { context }: ApiParts): void {
  server.post(
    '/api/requests',
    {
      config: { right: { scope: 'requests:write', role: 'member' } },
      schema: {
        tags,
        operationId: 'createRequest',
        summary: 'Make a request',
        description:
          'A repeated call with the same `Idempotency-Key` answers 200 with the request of the first one. ' +
          'Administrators may make it for somebody else, named by `requester`.',
        headers: z.looseObject({ 'idempotency-key': z.string().min(1).max(200).optional() }),
        body: z.strictObject({
          process: name.describe('Name of the process; its active version is used'),
          data: requestValues,
          files: z
            .array(z.uuid())
            .max(2 * MOST_FILES)
            .default([])
            .describe('Ids of files that the caller has uploaded, in their order'),
          requester: address.optional(),
        }),
        response: { 200: requestView, 201: requestView, default: problemResponse },
      },
    },
    async ({ caller, body, headers }, reply) => {
      const requester = await findRequester(caller, body.requester)
      const { requestId, created } = await createRequest(context, {
        process: body.process,
        requesterId: requester.id,
        filedById: actorOf(caller),
        data: body.data,
        files: body.files,
        idempotencyKey: headers['idempotency-key'] ?? null,
      })
      return reply
        .code(created ? 201 : 200)
        .header('location', `/api/requests/${requestId}`)
        .send(await loadRequest(caller, requestId))
    },
  )

  server.get(
    '/api/requests',
    {
      config: { right: { scope: 'requests:read', role: 'member' } },
      schema: {
        tags,
        operationId: 'listRequests',
        summary: 'Requests that the caller may see, newest first',
        querystring: z.strictObject({
          ...pageQuery(requestId),
          status: requestSummary.shape.status.optional(),
          process: name.optional(),
          requester: z.union([z.literal(ME), address]).optional(),
        }),
        response: { 200: pageOf(requestSummary), default: problemResponse },
      },
    },
    async ({ caller, query }) => {
      let requests = selectRequests(context.db)
        .where('request.id', 'in', readableRequests(context.db, caller))
        .orderBy('request.id', 'desc')
        .limit(query.limit + 1)
      if (query.after !== undefined) requests = requests.where('request.id', '<', query.after)
      if (query.status !== undefined) requests = requests.where('request.status', '=', query.status)
      if (query.process !== undefined) requests = requests.where('process.name', '=', query.process)
      if (query.requester !== undefined) {
        const requester =
          query.requester === ME ? personOf(caller) : await findPersonByAddress(context.db, query.requester)
        if (!requester) return { items: [], next: null }
        requests = requests.where('request.requesterId', '=', requester.id)
      }
      const { rows, next } = toPage(await requests.execute(), query.limit)
      return { items: rows.map(toRequestSummary), next }
    },
  )

  server.get(
    '/api/requests/:id',
    {
      config: { right: { scope: 'requests:read', role: 'member' } },
      schema: {
        tags,
        operationId: 'getRequest',
        summary: 'One request with its actions and its timeline',
        params: byNumber,
        response: { 200: requestView, default: problemResponse },
      },
    },
    ({ caller, params }) => loadRequest(caller, params.id),
  )

  server.post(
    '/api/requests/:id/cancel',
    {
      config: { right: { scope: 'requests:write', role: 'member' } },
      schema: {
        tags,
        operationId: 'cancelRequest',
        summary: 'Cancel an open request',
        description:
          'The requester may, and administrators. Those who were asked are told, with the comment.',
        params: byNumber,
        body: z.strictObject({ comment }).nullish(),
        response: { 200: requestView, default: problemResponse },
      },
    },
    async ({ caller, params, body }) => {
      const actor = personOf(caller)
      await loadRequest(caller, params.id)
      await cancelRequest(context, { requestId: params.id, actor, comment: body?.comment ?? '' })
      return loadRequest(caller, params.id)
    },
  )

  /** The request, for a caller who may see it: another one does not exist for them. */
  async function loadRequest(caller: Caller, id: number) {
    const row = await selectRequests(context.db)
      .where('request.id', '=', id)
      .where('request.id', 'in', readableRequests(context.db, caller))
      .executeTakeFirst()
    if (!row) throw new AppError('request-not-found', { request: String(id) })
    return toRequestView(context.db, row, caller)
  }

  /** For whom the request is made. */
  async function findRequester(caller: Caller, requester: string | undefined): Promise<Person> {
    if (requester === undefined) {
      if (caller.kind === 'operator') throw new AppError('requester-required')
      return caller.person
    }
    if (!isAdministrator(caller)) throw new AppError('not-allowed')
    const person = await findPersonByAddress(context.db, requester)
    if (!person) throw new AppError('person-not-found', { person: requester })
    return person
  }
}
