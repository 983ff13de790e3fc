import { isGraphResource, isUserToken, readToken } from '../entra/access-token.ts'
import { passesUserAgent } from '../ews/authorise.ts'
import type { World } from '../world.ts'
import type { Access } from './access.ts'
import { GraphError, graphErrors } from './graph-error.ts'

/**
 * Checks the token and the organisation's list of user agents, before anything of the request counts.
 * @throws GraphError 401 InvalidAuthenticationToken, 403 ErrorAccessDenied
 */
export function authorise(world: World, headers: Record<string, string | undefined>): Access {
  const [scheme = '', token = ''] = (headers.authorization ?? '').trim().split(/ +/)
  if (!/^bearer$/i.test(scheme) || token === '') throw unauthorised('Access token is empty.')
  if (token.split('.').length !== 3)
    throw unauthorised('IDX14100: JWT is not well formed, there are no dots (.).')
  const claims = readToken(world.tokenKey, token)
  if (!claims) throw unauthorised('Access token validation failure. Invalid signature.')
  const tenant = world.tenants.get(claims.tid)
  const seconds = world.clock.now() / 1000 + (tenant?.exchangeClockAheadSeconds ?? 0)
  if (seconds >= claims.exp || seconds < claims.nbf - (tenant?.clockToleranceSeconds ?? 0))
    throw unauthorised('Access token has expired or is not yet valid.')
  if (!isGraphResource(claims.aud)) throw unauthorised('Access token validation failure. Invalid audience.')
  const app = tenant?.apps.find(({ id }) => id === claims.appid)
  if (!tenant || !app) throw unauthorised('Access token validation failure. Invalid tenant.')
  if (isUserToken(claims)) throw graphErrors.notSimulated('delegated tokens at Graph')
  if (!passesUserAgent(tenant.userAgentPolicy, headers['user-agent'] ?? ''))
    throw new GraphError(403, 'ErrorAccessDenied', 'Access to OData is disabled.')
  return { tenant, app, roles: claims.roles ?? [] }
}

function unauthorised(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
  })
}
