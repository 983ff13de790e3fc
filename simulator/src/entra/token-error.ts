import type { X509Certificate } from 'node:crypto'

/** A refusal of the token endpoint: OAuth's word, Entra's number, and its text without the tail. */
export interface TokenError {
  status: number
  error: string
  code: number
  text: string
}

/** Reference: Entra authentication and authorization error codes (AADSTS). Only the numbers are stable. */
export const tokenErrors = {
  missingParameter: (name: string): TokenError => ({
    status: 400,
    error: 'invalid_request',
    code: 900144,
    text: `The request body must contain the following parameter: '${name}'.`,
  }),
  duplicateParameter: (name: string): TokenError => ({
    status: 400,
    error: 'invalid_request',
    code: 9000411,
    text: `The request is not properly formatted. The parameter '${name}' is duplicated.`,
  }),
  malformedTenant: (tenant: string): TokenError => ({
    status: 400,
    error: 'invalid_request',
    code: 900023,
    text: `Specified tenant identifier '${tenant}' is neither a valid DNS name, nor a valid external domain.`,
  }),
  unknownTenant: (tenant: string): TokenError => ({
    status: 400,
    error: 'invalid_request',
    code: 90002,
    text: `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  }),
  unsupportedGrant: (grant: string): TokenError => ({
    status: 400,
    error: 'unsupported_grant_type',
    code: 70003,
    text: `The app requested an unsupported grant type '${grant}'.`,
  }),
  unknownApp: (app: string, tenant: string): TokenError => ({
    status: 400,
    error: 'unauthorized_client',
    code: 700016,
    text: `Application with identifier '${app}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  }),
  missingCredential: (): TokenError => ({
    status: 401,
    error: 'invalid_client',
    code: 7000218,
    text: `The request body must contain the following parameter: 'client_assertion' or 'client_secret'.`,
  }),
  wrongSecret: (app: string): TokenError => ({
    status: 401,
    error: 'invalid_client',
    code: 7000215,
    text: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app}'.`,
  }),
  expiredSecret: (app: string): TokenError => ({
    status: 401,
    error: 'invalid_client',
    code: 7000222,
    text: `The provided client secret keys for app '${app}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  }),
  unknownCertificate: (): TokenError => ({
    status: 401,
    error: 'invalid_client',
    code: 700027,
    text: 'The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found.]',
  }),
  expiredCertificate: ({ fingerprint, validFrom, validTo }: X509Certificate): TokenError => ({
    status: 401,
    error: 'invalid_client',
    code: 700027,
    text: `Client assertion contains an invalid signature. [Reason - The key used is expired., Thumbprint of key used by client: '${fingerprint.replaceAll(':', '')}', Found key 'Start=${validFrom}, End=${validTo}']`,
  }),
  wrongSignature: (): TokenError => ({
    status: 401,
    error: 'invalid_client',
    code: 700027,
    text: 'Client assertion contains an invalid signature. [Reason - The provided signature value did not match the expected signature value.]',
  }),
  assertionOutOfTime: (now: number, from: number, until: number): TokenError => ({
    status: 401,
    error: 'invalid_client',
    code: 700024,
    text: `Client assertion is not within its valid time range. Current time: ${moment(now)}, assertion valid from ${moment(from * 1000)}, expiry time of assertion ${moment(until * 1000)}.`,
  }),
  wrongAudience: (audience: string): TokenError => ({
    status: 401,
    error: 'invalid_client',
    code: 700023,
    text: `Client assertion audience claim does not match Realm issuer. Expected: '${audience}'.`,
  }),
  wrongIssuer: (): TokenError => ({
    status: 401,
    error: 'invalid_client',
    code: 700021,
    text: 'Client assertion application identifier does not match the client_id parameter.',
  }),
  disabledApp: (app: string): TokenError => ({
    status: 400,
    error: 'unauthorized_client',
    code: 7000112,
    text: `Application '${app}' is disabled.`,
  }),
  missingServicePrincipal: (app: string, tenant: string): TokenError => ({
    status: 401,
    error: 'invalid_client',
    code: 7000229,
    text: `The client application ${app} is missing service principal in the tenant ${tenant}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
  }),
  invalidScope: (scope: string): TokenError => ({
    status: 400,
    error: 'invalid_scope',
    code: 70011,
    text: `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  }),
  scopeWithoutDefault: (scope: string): TokenError => ({
    status: 400,
    error: 'invalid_scope',
    code: 1002012,
    text: `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  }),
  unknownResource: (resource: string, tenant: string): TokenError => ({
    status: 400,
    error: 'invalid_resource',
    code: 500011,
    text: `The resource principal named ${resource} was not found in the tenant named ${tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  }),
}

/** What only a fault brings about: numbers with the answer that Entra gives them. */
const laidErrors: Record<number, Omit<TokenError, 'code'>> = {
  50196: {
    status: 429,
    error: 'temporarily_unavailable',
    text: 'The server terminated an operation because it encountered a client request loop. Please contact your app vendor.',
  },
  90033: {
    status: 503,
    error: 'temporarily_unavailable',
    text: 'A transient error has occurred. Please try again.',
  },
  90055: {
    status: 429,
    error: 'temporarily_unavailable',
    text: 'There are too many incoming requests for this tenant. Please try again later.',
  },
}

/** The refusal with this AADSTS number; one that is not known here is a server_error in a 500. */
export function laidError(code: number): TokenError {
  const other = { status: 500, error: 'server_error', text: 'The service met an error.' }
  return { code, ...(laidErrors[code] ?? other) }
}

/** .NET's invariant round-trip form, as Entra writes moments. */
function moment(milliseconds: number): string {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString()
}
