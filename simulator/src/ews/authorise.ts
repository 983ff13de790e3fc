import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { isUserToken } from '../entra/access-token.ts'
import { checkToken, type TokenProblem } from '../entra/check-token.ts'
import { isExchangeIn } from '../entra/clouds.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import type { App, Tenant, UserAgentPolicy } from '../tenant.ts'
import type { World } from '../world.ts'

/** An answer that stops a request before its body counts. */
export interface HttpRefusal {
  status: number
  headers: OutgoingHttpHeaders
}

/** Who asks: an app for itself, with consent for every mailbox or without, or a user for their own mailbox. */
export type Access = { tenant: Tenant; app: App; hasConsent: boolean } | { tenant: Tenant; user: Mailbox }

const DISABLED = 'EWS is disabled for this user or tenant'
const BLOCKED = 'EWS is blocked by policy for this user or tenant'

/** The number, reason and category of x-ms-diagnostics. */
const diagnostics: Record<TokenProblem, [id: number, reason: string, category: string]> = {
  signature: [2000000, 'The token has an invalid signature.', 'invalid_signature'],
  'not-yet-valid': [2000001, 'The token is not valid yet.', 'invalid_token'],
  expired: [2000002, 'The token has expired.', 'token_expired'],
  audience: [2000003, "The audience claim value is invalid 'aud'.", 'invalid_resource'],
  tenant: [2000004, 'The tenant for tenant guid does not exist.', 'invalid_tenant'],
}

/**
 * Checks the credentials and the organisation's policies in Exchange's order: a token is present, signed, in time, for
 * Exchange, of a known tenant, with permissions; then EwsEnabled and the lists of app ids and user agents; then the
 * permission for EWS.
 */
export function authorise(world: World, headers: IncomingHttpHeaders): Access | HttpRefusal {
  const [scheme = '', credentials = ''] = (headers.authorization ?? '').trim().split(/ +/)
  if (/^basic$/i.test(scheme)) return authoriseByPassword(world, credentials, headers)
  if (!/^bearer$/i.test(scheme) || credentials === '') return unauthorised()
  const checked = checkToken(world, credentials, isExchangeIn)
  if (typeof checked === 'string') return unauthorised(...diagnostics[checked])
  const { claims, tenant, app } = checked
  const isUser = isUserToken(claims)
  const mayAsApp = Boolean(claims.roles) || app.rbacMailboxes !== null
  if (!isUser && !mayAsApp) {
    return unauthorised(
      2000008,
      'The token contains no permissions, or permissions can not be understood.',
      'invalid_grant',
    )
  }
  const reason = policyReason(tenant, app.id, headers['user-agent'] ?? '')
  if (reason !== null) return refuseByPolicy(reason)
  if (isUser) {
    const user = world.mailboxes.get(claims.upn)
    if (!user) return unauthorised(2000005, 'The user does not exist.', 'invalid_user')
    return claims.scp.split(' ').includes('EWS.AccessAsUser.All')
      ? { tenant, user }
      : { status: 403, headers: {} }
  }
  const hasConsent = claims.roles?.includes('full_access_as_app') ?? false
  return hasConsent || app.rbacMailboxes !== null ? { tenant, app, hasConsent } : { status: 403, headers: {} }
}

/** HTTP Basic (RFC 7617): an address and a password in UTF-8. */
function authoriseByPassword(
  world: World,
  credentials: string,
  headers: IncomingHttpHeaders,
): Access | HttpRefusal {
  const [, address = '', password = ''] =
    /^([^:]*):([\s\S]*)$/.exec(Buffer.from(credentials, 'base64').toString()) ?? []
  const user = world.mailboxes.get(address.toLowerCase())
  if (!user?.tenant || user.password === null || user.password !== password) return unauthorised()
  const reason = policyReason(user.tenant, null, headers['user-agent'] ?? '')
  return reason === null ? { tenant: user.tenant, user } : refuseByPolicy(reason)
}

/** A mailbox whose licence carries no EWS right is shut like a tenant that has switched EWS off. */
export function refuseMailbox({ ewsEnabled }: Mailbox): HttpRefusal | null {
  return ewsEnabled ? null : refuseByPolicy(DISABLED)
}

function refuseByPolicy(reason: string): HttpRefusal {
  return { status: 403, headers: { 'X-EWS-Policy-Reason': reason } }
}

function unauthorised(id?: number, reason?: string, category?: string): HttpRefusal {
  const bearer =
    'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@*", ' +
    'token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.windows.net/common/oauth2/authorize"'
  return {
    status: 401,
    headers: {
      'WWW-Authenticate': [id === undefined ? bearer : `${bearer}, error="invalid_token"`, 'Basic Realm=""'],
      ...(id === undefined
        ? {}
        : { 'x-ms-diagnostics': `${id};reason="${reason}";error_category="${category}"` }),
      'X-BackEndHttpStatus': '401',
    },
  }
}

/** Microsoft knows two reasons only; the second covers app ids and user agents. A user by password has no app. */
function policyReason(tenant: Tenant, appId: string | null, userAgent: string): string | null {
  if (tenant.ewsEnabled === false) return DISABLED
  const listCounts = tenant.ewsEnabled === true && (tenant.allowedAppIds.length > 0 || tenant.emptyListBlocks)
  const isListed = tenant.allowedAppIds.some((id) => id.toLowerCase() === appId?.toLowerCase())
  const isBlocked = (listCounts && !isListed) || !passesUserAgent(tenant.userAgentPolicy, userAgent)
  return isBlocked ? BLOCKED : null
}

export function passesUserAgent(policy: UserAgentPolicy | null, userAgent: string): boolean {
  if (!policy) return true
  const isListed = policy.patterns.some((pattern) =>
    pattern.endsWith('*') ? userAgent.startsWith(pattern.slice(0, -1)) : userAgent === pattern,
  )
  return policy.mode === 'EnforceAllowList' ? isListed : !isListed
}
