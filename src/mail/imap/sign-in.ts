import { readTokenClaims } from '../../oauth/token-claims.ts'
import { MailError } from '../errors.ts'
import type { Credential } from './imap-settings.ts'

/** The application permissions for the two protocols. RBAC for Applications can give that of SMTP without the token telling. */
export const roles = { imap: 'IMAP.AccessAsApp', smtp: 'SMTP.SendAsApp' }

/** What is presented to a server at one attempt to sign in. */
export type Secret = { password: string } | { token: string }

/**
 * Signs in; a refused token is dropped and the attempt made once more, with another one. Where that one is refused too and
 * lacks the protocol's permission, the error says so: Exchange does not tell why it refuses (reference 4.1).
 */
export async function signIn<Session>(
  credential: Credential,
  protocol: keyof typeof roles,
  signal: AbortSignal,
  attempt: (secret: Secret) => Promise<Session>,
): Promise<Session> {
  if ('password' in credential) return attempt(credential)
  const token = await credential.tokens.token(signal)
  try {
    return await attempt({ token })
  } catch (error) {
    if (!isRefusal(error)) throw error
    credential.tokens.reject(token)
  }
  const another = await credential.tokens.token(signal)
  try {
    return await attempt({ token: another })
  } catch (error) {
    throw isRefusal(error) && lacks(another, roles[protocol]) ? missingRole(error) : error
  }
}

function isRefusal(error: unknown): error is MailError {
  return error instanceof MailError && error.kind === 'auth'
}

function lacks(token: string, role: string): boolean {
  const claims = readTokenClaims(token)
  return claims !== null && !claims.roles.includes(role)
}

function missingRole({ message, providerCode }: MailError): MailError {
  return new MailError(message, {
    kind: 'consent',
    retry: 'pause-mailbox',
    providerCode,
    messageKey: 'consent.missing-imap-roles',
  })
}
