import { createHash, timingSafeEqual } from 'node:crypto'
import { AppError } from '../lib/app-error.ts'
import { type ApiScope, findTokenHolder, type TokenHolder } from '../people/api-tokens.ts'
import type { Person } from '../people/find-person.ts'
import type { ApiParts } from './api-parts.ts'

/** Who calls: a person through an API token, or the operator at the command line of the server itself. */
export type Caller = ({ kind: 'person' } & TokenHolder) | { kind: 'operator' }

/** What a route asks of its caller. */
export type Right = 'public' | { scope: ApiScope; role: Person['role'] }

/**
 * The caller behind an `Authorization` header (RFC 6750).
 * Throws `not-signed-in` when it is missing, unknown, expired or revoked: which of these is nobody's business.
 */
export async function authenticate(
  parts: Pick<ApiParts, 'context' | 'operatorToken'>,
  authorization: string | undefined,
): Promise<Caller> {
  const token = bearerToken(authorization)
  if (token === null) throw new AppError('not-signed-in')
  if (isSame(token, parts.operatorToken)) return { kind: 'operator' }
  const holder = await findTokenHolder(parts.context, token)
  if (!holder) throw new AppError('not-signed-in')
  return { kind: 'person', ...holder }
}

/** Throws `scope-missing` or `not-allowed`. */
export function demandRight(caller: Caller, right: Exclude<Right, 'public'>): void {
  if (caller.kind === 'operator') return
  if (!caller.scopes.has(right.scope)) throw new AppError('scope-missing', { scope: right.scope })
  if (right.role === 'administrator' && !isAdministrator(caller)) throw new AppError('not-allowed')
}

export function isAdministrator(caller: Caller): boolean {
  return caller.kind === 'operator' || caller.person.role === 'administrator'
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
