/**
 * App-only access tokens from Microsoft Entra ID by OAuth 2.0 client credentials (RFC 6749 4.4), fetched with
 * openid-client over the mailbox's own HTTP client.
 */
import { randomUUID } from 'node:crypto'
import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretPost,
  Configuration,
  clientCredentialsGrant,
  customFetch,
  type TokenEndpointResponse,
} from 'openid-client'
import type { Clock } from '../lib/clock.ts'
import type { HttpClient } from '../lib/http-client.ts'
import type { Log } from '../lib/log.ts'
import { reached } from '../lib/milestones.ts'
import { checkServer } from '../mail/check-server.ts'
import { MailError } from '../mail/errors.ts'
import type { Finding } from '../mail/mailbox.ts'
import { networkError } from '../mail/network-error.ts'
import { checkTokenEndpoint } from './check-token-endpoint.ts'
import type { ClientCredential } from './client-credential.ts'
import { diagnoseTokenError, type TokenRequestFacts } from './diagnose-token-error.ts'
import { signAssertions } from './sign-assertions.ts'

export interface TokenSettings {
  /** `https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token` */
  tokenEndpoint: string
  clientId: string
  credential: ClientCredential
  /** One clean scope; see `splitScope`. */
  scope: string
}

export interface TokenSource {
  /** A valid access token, from the cache where it can be. Throws `MailError`. */
  token(signal: AbortSignal): Promise<string>
  /** Says that the resource refused this token: the next call fetches another one. */
  reject(token: string): void
  /** Whether the token endpoint's server can be reached; asks for no token. Throws `MailError`. */
  checkServer(signal: AbortSignal): Promise<Finding>
}

interface CachedToken {
  value: string
  renewAt: number
}

const timeoutMs = 30_000

/** Whether or not a token was made: what it is for was not begun. */
const harmless = { isHarmless: true }

/** Entra always says how long a token lives (RFC 6749 5.1 only recommends it); an answer that does not is used briefly. */
const assumedLifetime = 300

/**
 * A token source for one application and scope. Tokens are cached and at most one request is in flight. Throws
 * `MailError` (`invalid`) at once when the token endpoint cannot be used.
 */
export function createTokenSource(
  settings: TokenSettings,
  parts: { http: HttpClient; clock: Clock; log: Log },
): TokenSource {
  const { clock, log } = parts
  const configuration = configure(settings, parts)
  let cached: CachedToken | null = null
  let inFlight: Promise<string> | null = null

  async function fetchToken(): Promise<string> {
    const askedAt = clock().getTime()
    const answer = await requestToken(configuration, settings)
    const seconds = answer.expires_in ?? assumedLifetime
    cached = { value: answer.access_token, renewAt: askedAt + renewAfterSeconds(seconds) * 1000 }
    log.debug({ clientId: settings.clientId, expiresInSeconds: seconds }, 'access token fetched')
    return cached.value
  }

  return {
    async token(signal) {
      if (cached !== null && clock().getTime() < cached.renewAt) return cached.value
      inFlight ??= fetchToken()
        .catch((error: unknown) => {
          if (error instanceof MailError) reached('token-refused', { kind: error.kind })
          throw error
        })
        .finally(() => {
          inFlight = null
        })
      return unlessAborted(inFlight, signal)
    },
    reject(token) {
      if (cached?.value === token) cached = null
    },
    checkServer: (signal) => checkServer(settings.tokenEndpoint, parts.http, signal),
  }
}

/**
 * When a token is renewed, in seconds after it was asked for: five minutes before its end (time for a long batch and
 * for clocks that differ), or at 80 % of its life where that is later, so that a token of a few minutes is used at all.
 */
function renewAfterSeconds(lifetime: number): number {
  return Math.max(lifetime * 0.8, lifetime - 300)
}

function configure(settings: TokenSettings, parts: { http: HttpClient; clock: Clock }): Configuration {
  const endpoint = checkTokenEndpoint(settings.tokenEndpoint)
  const { origin, protocol } = new URL(endpoint)
  const configuration = new Configuration(
    { issuer: origin, token_endpoint: endpoint },
    settings.clientId,
    undefined,
    authenticate(settings.credential, endpoint, parts.clock),
  )
  configuration[customFetch] = (url, options) =>
    fetchOver(parts.http, url, options, () => ({ now: parts.clock(), credential: settings.credential }))
  configuration.timeout = timeoutMs / 1000
  if (protocol === 'http:') allowInsecureRequests(configuration)
  return configuration
}

function authenticate(credential: ClientCredential, endpoint: string, clock: Clock): ClientAuth {
  if ('certificate' in credential) return signAssertions(credential.certificate, endpoint, clock)
  // In the form body: it is the field where Entra takes a secret of any characters without further encoding rules.
  return ClientSecretPost(credential.clientSecret)
}

/** Fetch for openid-client. A refusal is diagnosed here, where status, headers and body are together. */
async function fetchOver(
  http: HttpClient,
  url: string,
  options: { headers: Record<string, string>; body?: unknown; signal?: AbortSignal },
  facts: () => TokenRequestFacts,
): Promise<Response> {
  const answer = await http
    .request({
      method: 'POST',
      url,
      headers: { ...options.headers, 'client-request-id': randomUUID() },
      body: String(options.body ?? ''),
      timeoutMs,
      signal: options.signal ?? AbortSignal.timeout(timeoutMs),
    })
    .catch((error: unknown) => {
      throw networkError(error, new URL(url).host, harmless)
    })
  if (answer.status !== 200) {
    throw diagnoseTokenError({ ...answer, body: Buffer.from(answer.body).toString('utf8') }, facts())
  }
  return new Response(Buffer.from(answer.body), { status: answer.status, headers: answer.headers })
}

async function requestToken(
  configuration: Configuration,
  settings: TokenSettings,
): Promise<TokenEndpointResponse> {
  try {
    return await clientCredentialsGrant(configuration, { scope: settings.scope })
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    if (cause instanceof MailError) throw cause
    // The cause is left out: it may hold the answer, and with it a token.
    throw new MailError('The token endpoint answered something that is no access token', {
      kind: 'protocol',
      retry: 'pause-mailbox',
      providerCode: String((error as NodeJS.ErrnoException).code ?? 'unknown'),
      messageKey: 'token.not-entra',
      messageValues: { code: 'HTTP 200' },
    })
  }
}

/** Stops waiting when the caller gives up; the request goes on for the others who wait for it. */
async function unlessAborted(promise: Promise<string>, signal: AbortSignal): Promise<string> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(networkError(signal.reason, 'the token endpoint', harmless))
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
