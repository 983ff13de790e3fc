/** Steps of the doctor that look at an access token. */
import { MailError } from '../mail/errors.ts'
import { type Finding, ok } from '../mail/run-checks.ts'
import { readTokenClaims } from './token-claims.ts'
import type { TokenSource } from './token-source.ts'

/** Whether there is a token, and of whom for what. */
export async function checkToken(tokens: TokenSource, signal: AbortSignal): Promise<Finding> {
  const claims = readTokenClaims(await tokens.token(signal))
  if (claims === null) return ok('a token that tells nothing of itself')
  return ok(`audience ${claims.audience}, tenant ${claims.tenantId}, application ${claims.clientId}`)
}

/**
 * Whether the token holds these application permissions; `messageKey` is what to do when it does not. That is no failure
 * yet: with RBAC for Applications they are not in the token. Reading the mailbox will tell.
 */
export async function checkRoles(
  wanted: readonly string[],
  messageKey: string,
  tokens: TokenSource,
  signal: AbortSignal,
): Promise<Finding> {
  const roles = readTokenClaims(await tokens.token(signal))?.roles ?? []
  if (wanted.every((role) => roles.includes(role))) return ok(wanted.join(' '))
  const error = new MailError(`The token does not hold ${wanted.join(' and ')}`, {
    kind: 'consent',
    retry: 'pause-mailbox',
    providerCode: 'no-role',
    messageKey,
  })
  return { outcome: 'warning', evidence: roles.join(' ') || 'no roles', error }
}
