import type { IncomingHttpHeaders } from 'node:http'
import { isUserToken } from '../entra/access-token.ts'
import { checkToken, type TokenProblem } from '../entra/check-token.ts'
import { isExchangeIn } from '../entra/clouds.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import type { App, Tenant } from '../tenant.ts'
import { firstTenant, type World } from '../world.ts'
import { findByPassword } from './find-by-password.ts'
import { askForPassword, type Diagnostics, type HttpRefusal, unauthorised } from './http-refusal.ts'
import { refuseTenant } from './policy.ts'

/** Who asks: an app for itself, with consent for every mailbox or without, or a user for their own mailbox. */
export type Access = { tenant: Tenant; app: App; hasConsent: boolean } | { tenant: Tenant; user: Mailbox }

/** The number, reason and category of x-ms-diagnostics. */
const diagnostics: Record<TokenProblem, Diagnostics> = {
  signature: [2000000, 'The token has an invalid signature.', 'invalid_signature'],
  'not-yet-valid': [2000001, 'The token is not valid yet.', 'invalid_token'],
  expired: [2000002, 'The token has expired.', 'token_expired'],
  audience: [2000003, "The audience claim value is invalid 'aud'.", 'invalid_resource'],
  tenant: [2000004, 'The tenant for tenant guid does not exist.', 'invalid_tenant'],
}

/**
 * Checks the credentials and the organisation's policies in Exchange's order: a token is present, signed, in time, for
 * Exchange, of a known tenant, with permissions; then EwsEnabled and the lists of app ids and user agents; then the
 * permission for EWS. An Exchange Server on the own premises takes passwords alone.
 */
export function authorise(world: World, headers: IncomingHttpHeaders): Access | HttpRefusal {
  const [scheme = '', credentials = ''] = (headers.authorization ?? '').trim().split(/ +/)
  const { exchangeServer, domains } = firstTenant(world)
  const withoutCredentials = exchangeServer ? askForPassword(`mail.${domains[0]}`) : unauthorised()
  if (/^basic$/i.test(scheme)) {
    const user = findByPassword(world, credentials)
    if (!user?.tenant) return withoutCredentials
    return refuseTenant(user.tenant, null, headers['user-agent'] ?? '') ?? { tenant: user.tenant, user }
  }
  if (exchangeServer || !/^bearer$/i.test(scheme) || credentials === '') return withoutCredentials
  const checked = checkToken(world, credentials, isExchangeIn)
  if (typeof checked === 'string') return unauthorised(diagnostics[checked])
  const { claims, tenant, app } = checked
  const isUser = isUserToken(claims)
  const mayAsApp = Boolean(claims.roles) || app.rbacMailboxes !== null
  if (!isUser && !mayAsApp) {
    return unauthorised([
      2000008,
      'The token contains no permissions, or permissions can not be understood.',
      'invalid_grant',
    ])
  }
  const refusal = refuseTenant(tenant, app.id, headers['user-agent'] ?? '')
  if (refusal) return refusal
  if (isUser) {
    const user = world.mailboxes.get(claims.upn)
    if (!user) return unauthorised([2000005, 'The user does not exist.', 'invalid_user'])
    return claims.scp.split(' ').includes('EWS.AccessAsUser.All')
      ? { tenant, user }
      : { status: 403, headers: {} }
  }
  const hasConsent = claims.roles?.includes('full_access_as_app') ?? false
  return hasConsent || app.rbacMailboxes !== null ? { tenant, app, hasConsent } : { status: 403, headers: {} }
}
