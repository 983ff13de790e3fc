import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { noteSignInEvent } from '../../../people/sign-in/note-sign-in-event.ts'
import { endSession, endSessionOfToken, findSession, SESSION_MS } from '../../../people/sign-in/sessions.ts'
import { signIn } from '../../../people/sign-in/sign-in.ts'
import { findInvited, welcomePerson } from '../../../people/sign-in/welcome-person.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import type { SessionCaller } from '../../caller.ts'
import { originOf } from '../../origin-of.ts'
import { isPlainLoopback, pagesUrl } from '../../pages-url.ts'
import { problemResponse } from '../../problem-details.ts'
import { refuseCrossSite } from '../../refuse-cross-site.ts'
import { csrfTokenOf, sessionCookie, sessionTokenOf } from '../../session-cookie.ts'
import { newPassword, sessionView, toSessionView } from './session-view.ts'

const tags = ['session']
const ours = [{ session: [] }]

const linkToken = z.string().regex(/^[\w-]{43}$/)

/** Signing in with a browser, and out. What a person may do there is what their role lets them. */
export function sessionRoutes(server: ApiServer, { context }: ApiParts): void {
  server.post(
    '/api/session',
    {
      config: { right: 'public' },
      // Somebody else's page could else sign its reader in as whom it likes.
      onRequest: refuseCrossSite,
      schema: {
        tags,
        operationId: 'signIn',
        summary: 'Sign in with a password',
        description: 'Sets a cookie. Each failure from the sixth on has to be waited for, longer each time.',
        security: [],
        body: z.strictObject({
          address: z.string().trim().min(1).max(254),
          password: z.string().min(1).max(200),
        }),
        response: { 201: sessionView, default: problemResponse },
      },
    },
    async (request, reply) =>
      begin(request, reply, await signIn(context, { ...request.body, from: originOf(request) })),
  )

  server.get(
    '/api/session',
    {
      config: { right: 'session' },
      schema: {
        tags,
        operationId: 'getSession',
        summary: 'Who is signed in with this browser',
        security: ours,
        response: { 200: sessionView, default: problemResponse },
      },
    },
    async ({ caller }) => toSessionView(caller as SessionCaller),
  )

  server.delete(
    '/api/session',
    {
      config: { right: 'session' },
      schema: {
        tags,
        operationId: 'signOut',
        summary: 'Sign out',
        security: ours,
        response: { 204: z.undefined(), default: problemResponse },
      },
    },
    async (request, reply) => {
      const { sessionId, person } = request.caller as SessionCaller
      await context.db.transaction().execute(async (tx) => {
        await endSession(tx, { sessionId, personId: person.id })
        const from = originOf(request)
        await noteSignInEvent(tx, { kind: 'signed-out', at: context.clock(), personId: person.id, from })
      })
      return reply.code(204).header('set-cookie', cookieFor(request, null)).send(undefined)
    },
  )

  server.post(
    '/api/session/welcome/check',
    {
      config: { right: 'public' },
      onRequest: refuseCrossSite,
      schema: {
        tags,
        operationId: 'checkWelcome',
        summary: 'For whom a welcome link is',
        security: [],
        body: z.strictObject({ token: linkToken }),
        response: {
          200: z.object({ address: z.string(), name: z.string(), locale: z.enum(['en', 'fr']) }),
          default: problemResponse,
        },
      },
    },
    ({ body }) => findInvited(context, body.token),
  )

  server.post(
    '/api/session/welcome',
    {
      config: { right: 'public' },
      onRequest: refuseCrossSite,
      schema: {
        tags,
        operationId: 'welcome',
        summary: 'Set a password by a welcome link, and sign in',
        description: 'The link works once. All other sessions of the person end.',
        security: [],
        body: z.strictObject({ token: linkToken, password: newPassword }),
        response: { 201: sessionView, default: problemResponse },
      },
    },
    async (request, reply) =>
      begin(request, reply, await welcomePerson(context, { ...request.body, from: originOf(request) })),
  )

  /** Hands the new session to the browser, in place of the one that it had. */
  async function begin(request: FastifyRequest, reply: FastifyReply, token: string) {
    const before = sessionTokenOf(request.headers.cookie, { plain: isPlain(request) })
    if (before !== null) await endSessionOfToken(context.db, before)
    const holder = await findSession(context, token)
    // It can only have ended since.
    if (holder === null) throw new Error('a session ended as it began')
    return reply
      .code(201)
      .header('set-cookie', cookieFor(request, token))
      .send(toSessionView({ ...holder, csrf: csrfTokenOf(token) }))
  }

  function cookieFor(request: FastifyRequest, token: string | null): string {
    return sessionCookie(token, { plain: isPlain(request), maxAgeSeconds: SESSION_MS / 1_000 })
  }

  function isPlain(request: FastifyRequest): boolean {
    return isPlainLoopback(pagesUrl(context, request))
  }
}
