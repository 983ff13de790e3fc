/** What an app-only access token says of itself. For diagnosis only: a client treats its token as opaque. */
export interface TokenClaims {
  audience: string
  tenantId: string
  clientId: string
  /** Object id of the service principal. */
  objectId: string
  roles: string[]
  expiresAt: Date | null
}

/**
 * Reads the claims of a JWT without verifying it; null when it is none, which is no fault. A token without `roles` is
 * none either: permissions given by RBAC for Applications are not in the token.
 */
export function readTokenClaims(token: string): TokenClaims | null {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    if (typeof payload !== 'object' || payload === null) return null
    const claims = payload as Record<string, unknown>
    return {
      audience: String(claims.aud ?? ''),
      tenantId: String(claims.tid ?? ''),
      clientId: String(claims.appid ?? claims.azp ?? ''),
      objectId: String(claims.oid ?? ''),
      roles: Array.isArray(claims.roles) ? claims.roles.map(String) : [],
      expiresAt: typeof claims.exp === 'number' ? new Date(claims.exp * 1000) : null,
    }
  } catch {
    return null
  }
}
