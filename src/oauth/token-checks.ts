/** Steps of the doctor about the access token of an application. */
import { MailError } from '../mail/errors.ts'
import { failed, ok, warning } from '../mail/finding.ts'
import type { CheckStep, Finding } from '../mail/mailbox.ts'
import { readTokenClaims } from './token-claims.ts'
import type { TokenSource } from './token-source.ts'

/** Which permissions a mailbox type wants, and how it is tried whether the mailbox opens without them. */
export interface WantedRoles {
  roles: readonly string[]
  /** What to do where they are missing, under `mail-errors`. */
  messageKey: string
  /** Reads something of the mailbox. */
  read(signal: AbortSignal): Promise<unknown>
}

/** The way to a token, and what is in it. `role` needs the server of the mailbox, `mailbox-server`, too. */
export function tokenChecks(tokens: TokenSource, wanted: WantedRoles): CheckStep[] {
  return [
    { id: 'token-server', needs: [], run: (signal) => tokens.checkServer(signal) },
    { id: 'token', needs: ['token-server'], run: (signal) => checkToken(tokens, signal) },
    { id: 'role', needs: ['token', 'mailbox-server'], run: (signal) => checkRoles(tokens, wanted, signal) },
  ]
}

/** Whether there is a token, and of whom for what. */
async function checkToken(tokens: TokenSource, signal: AbortSignal): Promise<Finding> {
  const claims = readTokenClaims(await tokens.token(signal))
  if (claims === null) return ok('')
  const { audience, tenantId, clientId, objectId, roles } = claims
  return ok(`aud ${audience}, tid ${tenantId}, appid ${clientId}`, {
    roles,
    ...(objectId === '' ? {} : { servicePrincipalId: objectId }),
  })
}

/**
 * Whether the token holds the permissions. Those given by RBAC for Applications are in no token, so where it holds none
 * the mailbox is asked: it tells whether they were given that way or not at all.
 */
async function checkRoles(
  tokens: TokenSource,
  { roles, messageKey, read }: WantedRoles,
  signal: AbortSignal,
): Promise<Finding> {
  const claims = readTokenClaims(await tokens.token(signal))
  if (claims === null) return ok('')
  const missing = roles.filter((role) => !claims.roles.includes(role))
  if (missing.length === 0) return ok(roles.join(' '))
  const mend = { key: `mail-errors:${messageKey}`, values: {} }
  const evidence = claims.roles.join(' ')
  try {
    await read(signal)
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    // The scope named another service: what is missing is not known before it is put right.
    if (error.messageKey === 'token.wrong-audience') throw error
    const isMissing = error.kind === 'consent' || error.kind === 'auth'
    return (isMissing ? failed : warning)([evidence, error.message].filter(Boolean).join('; '), mend)
  }
  if (missing.length < roles.length) return warning(evidence, mend)
  return { ...ok(evidence), mend: { key: 'doctor:role.by-rbac', values: { roles: roles.join(', ') } } }
}
