import type { App, Tenant } from '../tenant.ts'
import type { World } from '../world.ts'
import { type Claims, readToken } from './access-token.ts'
import type { CloudName } from './clouds.ts'

/** What is wrong with an access token, whoever wants it to do what. */
export type TokenProblem = 'signature' | 'expired' | 'not-yet-valid' | 'audience' | 'tenant'

export interface CheckedToken {
  claims: Claims
  tenant: Tenant
  app: App
}

/**
 * Checks an access token as every resource does, in Exchange's order: signed, in time, for this resource in its
 * organisation's cloud, of a known organisation and app.
 */
export function checkToken(
  world: World,
  token: string,
  isOurs: (cloud: CloudName, audience: string) => boolean,
): CheckedToken | TokenProblem {
  const claims = readToken(world.tokenKey, token)
  if (!claims) return 'signature'
  const tenant = world.tenants.get(claims.tid)
  const seconds = world.clock.now() / 1000 + (tenant?.exchangeClockAheadSeconds ?? 0)
  if (seconds >= claims.exp) return 'expired'
  if (seconds < claims.nbf - (tenant?.clockToleranceSeconds ?? 0)) return 'not-yet-valid'
  if (!isOurs(tenant?.cloud ?? 'global', claims.aud)) return 'audience'
  const app = tenant?.apps.find(({ id }) => id === claims.appid)
  return tenant && app ? { claims, tenant, app } : 'tenant'
}
