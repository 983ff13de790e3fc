import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../lib/app-error.ts'
import { type ApiScope, apiScopes, findTokenHolder, type TokenHolder } from '../people/api-tokens.ts'
import type { Person } from '../people/find-person.ts'
import { findSession, type SessionHolder } from '../people/sign-in/sessions.ts'
import type { ApiParts } from './api-parts.ts'
import { isPlainLoopback, pagesUrl } from './pages-url.ts'
import { refuseCrossSite } from './refuse-cross-site.ts'
import { csrfTokenOf, sessionTokenOf } from './session-cookie.ts'

/** Who calls: a person by an API token or in a browser, or the operator at the command line of the server itself. */
export type Caller = ({ kind: 'person'; by: 'token' } & TokenHolder) | SessionCaller | { kind: 'operator' }

export type SessionCaller = {
  kind: 'person'
  by: 'session'
  scopes: ReadonlySet<ApiScope>
  /** What calls that change something have to send along. */
  csrf: string
} & SessionHolder

/** The person who calls, for the record; null for the operator. */
export const actorOf = (caller: Caller): string | null => (caller.kind === 'person' ? caller.person.id : null)

/** What a route asks of its caller; `session`: a browser that somebody is signed in with, whoever it is. */
export type Right = 'public' | 'session' | { scope: ApiScope; role: Person['role'] }

/** Whoever has a role may do what those before it may. */
const roles: Person['role'][] = ['member', 'auditor', 'administrator']

const everyScope: ReadonlySet<ApiScope> = new Set(apiScopes)

/**
 * The caller behind an `Authorization` header (RFC 6750); without one, behind the cookie of a browser.
 * Throws `not-signed-in` when it is missing, unknown, expired or revoked: which of these is nobody's business; and what
 * `authenticateSession` throws.
 */
export async function authenticate(
  parts: Pick<ApiParts, 'context' | 'operatorToken'>,
  request: FastifyRequest,
): Promise<Caller> {
  const { authorization } = request.headers
  if (authorization === undefined) return authenticateSession(parts, request)
  const token = bearerToken(authorization)
  if (token === null) throw new AppError('not-signed-in')
  if (isSame(token, parts.operatorToken)) return { kind: 'operator' }
  const holder = await findTokenHolder(parts.context, token)
  if (!holder) throw new AppError('not-signed-in')
  return { kind: 'person', by: 'token', ...holder }
}

/**
 * Who is signed in with this browser. A call that may change something must come from our own pages: browsers send
 * cookies along with those of others, too. Throws `not-signed-in`, `cross-site-refused`.
 */
export async function authenticateSession(
  { context }: Pick<ApiParts, 'context'>,
  request: FastifyRequest,
): Promise<SessionCaller> {
  const plain = isPlainLoopback(pagesUrl(context, request))
  const token = sessionTokenOf(request.headers.cookie, { plain })
  const holder = token && (await findSession(context, token))
  if (!holder) throw new AppError('not-signed-in')
  const csrf = csrfTokenOf(token)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    await refuseCrossSite(request)
    const given = request.headers['x-countersign-csrf']
    if (typeof given !== 'string' || !isSame(given, csrf)) throw new AppError('cross-site-refused')
  }
  return { kind: 'person', by: 'session', scopes: everyScope, csrf, ...holder }
}

/** Throws `scope-missing` or `not-allowed`. */
export function demandRight(caller: Caller, right: Exclude<Right, string>): void {
  if (caller.kind === 'operator') return
  if (!caller.scopes.has(right.scope)) throw new AppError('scope-missing', { scope: right.scope })
  if (!hasRole(caller, right.role)) throw new AppError('not-allowed')
}

export function isAdministrator(caller: Caller): boolean {
  return hasRole(caller, 'administrator')
}

/** Whether they may see every request, message and action, not just their own. */
export function seesEverything(caller: Caller): boolean {
  return hasRole(caller, 'auditor')
}

function hasRole(caller: Caller, role: Person['role']): boolean {
  return caller.kind === 'operator' || roles.indexOf(caller.person.role) >= roles.indexOf(role)
}

/** The calling person. Throws `person-required` for the operator: what enters a request's history needs a name. */
export function personOf(caller: Caller): Person {
  if (caller.kind === 'operator') throw new AppError('person-required')
  return caller.person
}

/** The token of an `Authorization` header (RFC 6750); null when there is none. */
export function bearerToken(authorization: string | undefined): string | null {
  return /^Bearer ([\w.~+/=-]{1,200})$/i.exec(authorization ?? '')?.[1] ?? null
}

/** Compares digests, so that neither length nor content of the secret shows in the time it takes. */
export function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}
