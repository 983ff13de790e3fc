import { isUserToken } from '../entra/access-token.ts'
import { checkToken, type TokenProblem } from '../entra/check-token.ts'
import { isGraphIn } from '../entra/clouds.ts'
import { passesUserAgent } from '../ews/policy.ts'
import type { World } from '../world.ts'
import type { Access } from './access.ts'
import { GraphError, graphErrors } from './graph-error.ts'

const reasons: Record<TokenProblem, string> = {
  signature: 'Access token validation failure. Invalid signature.',
  expired: 'Access token has expired or is not yet valid.',
  'not-yet-valid': 'Access token has expired or is not yet valid.',
  audience: 'Access token validation failure. Invalid audience.',
  tenant: 'Access token validation failure. Invalid tenant.',
}

/**
 * Checks the token and the organisation's list of user agents, before anything of the request counts.
 * @throws GraphError 401 InvalidAuthenticationToken, 403 ErrorAccessDenied
 */
export function authorise(world: World, headers: Record<string, string | undefined>): Access {
  const [scheme = '', token = ''] = (headers.authorization ?? '').trim().split(/ +/)
  if (!/^bearer$/i.test(scheme) || token === '') throw unauthorised('Access token is empty.')
  if (token.split('.').length !== 3)
    throw unauthorised('IDX14100: JWT is not well formed, there are no dots (.).')
  const checked = checkToken(world, token, isGraphIn)
  if (typeof checked === 'string') throw unauthorised(reasons[checked])
  const { claims, tenant, app } = checked
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
