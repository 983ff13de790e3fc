import { readTokenClaims } from '../../oauth/token-claims.ts'
import type { TokenSource } from '../../oauth/token-source.ts'
import type { Caller, Meaning } from './caller.ts'

/** The application permission that opens mailboxes over EWS. */
export const ewsRole = 'full_access_as_app'

/** An application of Entra ID: its token has no mailbox of its own, so it acts for one of Exchange Online. */
export function applicationCaller(tokens: TokenSource): Caller {
  return {
    impersonates: true,
    authorization: async (signal) => scheme + (await tokens.token(signal)),
    reject(authorization) {
      tokens.reject(tokenIn(authorization))
      return true
    },
    unauthorised,
    forbidden,
  }
}

const scheme = 'Bearer '

function tokenIn(authorization: string): string {
  return authorization.slice(scheme.length)
}

/** Ids of x-ms-diagnostics that Exchange gives to a token it has read and refused. */
function unauthorised(headers: Headers, authorization: string): Meaning {
  const diagnostic = /^\s*(\d{7})/.exec(headers.get('x-ms-diagnostics') ?? '')?.[1]
  if (diagnostic === '2000003')
    return { kind: 'invalid', retry: 'pause-mailbox', messageKey: 'token.wrong-audience' }
  if (diagnostic === '2000004')
    return { kind: 'invalid', retry: 'pause-mailbox', messageKey: 'token.wrong-tenant' }
  if (diagnostic === '2000008' || lacksRole(authorization)) return missingRole
  return { kind: 'auth', retry: 'pause-mailbox', messageKey: 'token.refused-by-exchange' }
}

function forbidden(headers: Headers, authorization: string): Meaning {
  const policy = headers.get('x-ews-policy-reason')
  if (policy !== null) {
    // Microsoft documents two values; the one about the switch is told by this word.
    const messageKey = /disabled/i.test(policy) ? 'policy.ews-disabled' : 'policy.ews-blocked'
    return { kind: 'blocked-by-policy', retry: 'pause-mailbox', messageKey }
  }
  if (lacksRole(authorization)) return missingRole
  return { kind: 'consent', retry: 'pause-mailbox', messageKey: 'mailbox.access-denied' }
}

const missingRole: Meaning = { kind: 'consent', retry: 'pause-mailbox', messageKey: 'consent.missing-role' }

/** Tells a permission that was never granted from one that does not reach this mailbox. */
function lacksRole(authorization: string): boolean {
  const claims = readTokenClaims(tokenIn(authorization))
  return claims !== null && !claims.roles.includes(ewsRole)
}
