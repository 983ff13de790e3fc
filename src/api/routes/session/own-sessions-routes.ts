import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import { noteSignInEvent } from '../../../people/sign-in/note-sign-in-event.ts'
import { endSession, runningSessions } from '../../../people/sign-in/sessions.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import type { SessionCaller } from '../../caller.ts'
import { byId, timestamp } from '../../common-schemas.ts'
import { originOf } from '../../origin-of.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'

const tags = ['session']
const security = [{ session: [] }]

const ownSessionView = z
  .object({
    id: z.uuid(),
    userAgent: z.string().describe('As the browser named itself'),
    createdAt: timestamp,
    lastSeenAt: timestamp.describe('Exact to the minute'),
    expiresAt: timestamp,
    current: z.boolean().describe('The one that asks'),
  })
  .meta({ id: 'OwnSession' })

/** The browsers that a person is signed in with: they see their own, and end them. */
export function ownSessionsRoutes(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/sessions',
    {
      config: { right: 'session' },
      schema: {
        tags,
        operationId: 'listSessions',
        summary: 'One’s own sessions, newest first',
        security,
        querystring: z.strictObject(pageQuery(z.uuid())),
        response: { 200: pageOf(ownSessionView), default: problemResponse },
      },
    },
    async ({ caller, query }) => {
      const { sessionId, person } = caller as SessionCaller
      let sessions = runningSessions(context.db, context.clock())
        .selectAll()
        .where('personId', '=', person.id)
        .orderBy('id', 'desc')
        .limit(query.limit + 1)
      if (query.after !== undefined) sessions = sessions.where('id', '<', query.after)
      const { rows, next } = toPage(await sessions.execute(), query.limit)
      return {
        items: rows.map(({ id, userAgent, ...row }) => ({
          ...{ id, userAgent },
          createdAt: row.createdAt.toISOString(),
          lastSeenAt: row.lastSeenAt.toISOString(),
          expiresAt: row.expiresAt.toISOString(),
          current: id === sessionId,
        })),
        next,
      }
    },
  )

  server.delete(
    '/api/sessions/:id',
    {
      config: { right: 'session' },
      schema: {
        tags,
        operationId: 'endSession',
        summary: 'End one of one’s own sessions',
        security,
        params: byId,
        response: { 204: z.undefined(), default: problemResponse },
      },
    },
    async (request, reply) => {
      const { person } = request.caller as SessionCaller
      const { id } = request.params
      await context.db.transaction().execute(async (tx) => {
        const isEnded = await endSession(tx, { sessionId: id, personId: person.id })
        if (!isEnded) throw new AppError('session-not-found', { session: id })
        const from = originOf(request)
        await noteSignInEvent(tx, { kind: 'session-ended', at: context.clock(), personId: person.id, from })
      })
      return reply.code(204).send()
    },
  )
}
