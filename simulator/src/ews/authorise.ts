import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { readToken } from '../entra/access-token.ts'
import type { App, Tenant, UserAgentPolicy } from '../tenant.ts'
import type { World } from '../world.ts'

/** An answer that stops a request before its body counts. */
interface HttpRefusal {
  status: number
  headers: OutgoingHttpHeaders
}

export type Access = { tenant: Tenant; app: App } | HttpRefusal

const AUDIENCES = ['https://outlook.office365.com', 'https://outlook.office.com']

/**
 * Checks the token and the organisation's policies in Exchange's order: present, signed, in time, for Exchange, of a
 * known tenant, with permissions; then EwsEnabled and the lists of app ids and user agents; then the role for EWS.
 */
export function authorise(world: World, headers: IncomingHttpHeaders): Access {
  const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (token === undefined) return unauthorised()
  const claims = readToken(world.tokenKey, token)
  if (!claims) return unauthorised(2000000, 'The token has an invalid signature.', 'invalid_signature')
  const seconds = world.clock.now() / 1000
  if (seconds >= claims.exp) return unauthorised(2000002, 'The token has expired.', 'token_expired')
  if (seconds < claims.nbf - 300) return unauthorised(2000001, 'The token is not valid yet.', 'invalid_token')
  if (!AUDIENCES.includes(claims.aud)) {
    return unauthorised(2000003, "The audience claim value is invalid 'aud'.", 'invalid_resource')
  }
  const tenant = world.tenants.get(claims.tid)
  const app = tenant?.apps.find(({ id }) => id === claims.appid)
  if (!tenant || !app)
    return unauthorised(2000004, 'The tenant for tenant guid does not exist.', 'invalid_tenant')
  if (!claims.roles) {
    return unauthorised(
      2000008,
      'The token contains no permissions, or permissions can not be understood.',
      'invalid_grant',
    )
  }
  const reason = policyReason(tenant, app, headers['user-agent'] ?? '')
  if (reason !== null) return { status: 403, headers: { 'X-EWS-Policy-Reason': reason } }
  if (!claims.roles.includes('full_access_as_app')) return { status: 403, headers: {} }
  return { tenant, app }
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

/** Microsoft knows two reasons only; the second covers app ids and user agents. */
function policyReason(tenant: Tenant, app: App, userAgent: string): string | null {
  if (tenant.ewsEnabled === false) return 'EWS is disabled for this user or tenant'
  const listCounts = tenant.ewsEnabled === true && (tenant.allowedAppIds.length > 0 || tenant.emptyListBlocks)
  const isListed = tenant.allowedAppIds.some((id) => id.toLowerCase() === app.id.toLowerCase())
  const isBlocked = (listCounts && !isListed) || !passesUserAgent(tenant.userAgentPolicy, userAgent)
  return isBlocked ? 'EWS is blocked by policy for this user or tenant' : null
}

function passesUserAgent(policy: UserAgentPolicy | null, userAgent: string): boolean {
  if (!policy) return true
  const isListed = policy.patterns.some((pattern) =>
    pattern.endsWith('*') ? userAgent.startsWith(pattern.slice(0, -1)) : userAgent === pattern,
  )
  return policy.mode === 'EnforceAllowList' ? isListed : !isListed
}
