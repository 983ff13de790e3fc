import type { App, Tenant } from '../tenant.ts'
import type { World } from '../world.ts'
import { isKnownResource, issueToken } from './access-token.ts'
import { checkAssertion } from './check-assertion.ts'
import { type TokenError, tokenErrors } from './token-error.ts'

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export interface TokenRequest {
  /** The path segment: a directory id or a verified domain. */
  tenant: string
  contentType: string
  body: string
  /** As the client called it; assertions have to name it. */
  url: string
  /** The Authorization header, when there is one. */
  authorization: string | undefined
}

export type TokenAnswer = { token: string; expiresIn: number } | TokenError

interface Credentials {
  clientId: string | null
  secret: string | null
  /** A signed JWT in place of the secret (RFC 7523). */
  assertion: string | null
}

/** Decides on a client-credentials request as Entra's v2.0 endpoint does, checks in its order. */
export function grantToken(world: World, request: TokenRequest): TokenAnswer {
  const tenant = findTenant(world, request.tenant)
  if ('error' in tenant) return tenant
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.contentType)
  const form = new URLSearchParams(isForm ? request.body : '')
  // RFC 6749, section 3.2: parameters must not be included more than once.
  const names = [...form.keys()]
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) return tokenErrors.duplicateParameter(repeated)

  const grant = form.get('grant_type')
  if (!grant) return tokenErrors.missingParameter('grant_type')
  if (grant !== 'client_credentials') return tokenErrors.unsupportedGrant(grant)
  const credentials = readCredentials(form, request.authorization)
  const { clientId } = credentials
  if (!clientId) return tokenErrors.missingParameter('client_id')
  const scope = form.get('scope')
  if (!scope) return tokenErrors.missingParameter('scope')

  const app = tenant.apps.find((entry) => entry.id.toLowerCase() === clientId.toLowerCase())
  if (!app) return tokenErrors.unknownApp(clientId, tenant.displayName)
  if (app.servicePrincipal === 'missing') return tokenErrors.missingServicePrincipal(app.id, tenant.id)
  if (app.servicePrincipal === 'disabled') return tokenErrors.disabledApp(app.id)
  const now = world.clock.now()
  const isByCertificate = credentials.assertion !== null
  const refusal = isByCertificate
    ? checkAssertion(credentials.assertion ?? '', {
        app,
        audiences: audiencesOf(tenant, request.url),
        now,
        toleranceSeconds: tenant.clockToleranceSeconds,
      })
    : checkSecret(app, credentials.secret, now)
  if (refusal) return refusal

  const resource = readScope(scope)
  if (typeof resource !== 'string') return resource
  if (!isKnownResource(tenant.cloud, resource))
    return tokenErrors.unknownResource(resource, tenant.displayName)
  return {
    token: issueToken(world.tokenKey, tenant, app, { resource, now, isByCertificate }),
    expiresIn: tenant.tokenLifetimeSeconds,
  }
}

function findTenant(world: World, name: string): Tenant | TokenError {
  const wanted = name.toLowerCase()
  const isGuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(wanted)
  const isDomain = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(wanted)
  if (!isGuid && !isDomain && wanted !== 'common' && wanted !== 'organizations')
    return tokenErrors.malformedTenant(name)
  for (const tenant of world.tenants.values()) {
    if (tenant.id.toLowerCase() === wanted || tenant.domains.includes(wanted)) return tenant
  }
  return tokenErrors.unknownTenant(name)
}

/** Client id and secret from the body, else from HTTP Basic, where both are form-encoded (RFC 6749, section 2.3.1). */
function readCredentials(form: URLSearchParams, authorization: string | undefined): Credentials {
  const basic = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1]
  const pair = basic === undefined ? '' : Buffer.from(basic, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  const fromHeader = (part: string) => (colon < 0 ? null : new URLSearchParams(`value=${part}`).get('value'))
  return {
    clientId: form.get('client_id') ?? fromHeader(pair.slice(0, colon)),
    secret: form.get('client_secret') ?? fromHeader(pair.slice(colon + 1)),
    assertion: form.get('client_assertion_type') === ASSERTION_TYPE ? form.get('client_assertion') : null,
  }
}

/** The token URL with the directory id or with a domain of it. */
function audiencesOf(tenant: Tenant, url: string): string[] {
  return [tenant.id, ...tenant.domains].map((name) => url.replace(/[^/]+(?=\/oauth2\/)/, name))
}

function checkSecret(app: App, secret: string | null, now: number): TokenError | null {
  if (!secret) return tokenErrors.missingCredential()
  const found = app.secrets.find((entry) => entry.value === secret)
  if (!found) return tokenErrors.wrongSecret(app.id)
  const hasExpired = found.expiresAt !== null && Date.parse(found.expiresAt) <= now
  return hasExpired ? tokenErrors.expiredSecret(app.id) : null
}

/** The resource that a scope such as `https://outlook.office365.com/.default` names. */
function readScope(scope: string): string | TokenError {
  const suffix = '/.default'
  if (!scope.endsWith(suffix)) return tokenErrors.scopeWithoutDefault(scope)
  const resource = scope.slice(0, -suffix.length)
  return /^https:\/\/[A-Za-z0-9.:-]+\/?$/.test(resource) ? resource : tokenErrors.invalidScope(scope)
}
