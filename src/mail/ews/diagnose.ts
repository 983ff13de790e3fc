import type { HttpClient } from '../../lib/http-client.ts'
import { readTokenClaims } from '../../oauth/token-claims.ts'
import type { TokenSource } from '../../oauth/token-source.ts'
import { MailError } from '../errors.ts'
import type { Check } from '../mailbox.ts'
import { networkError } from '../network-error.ts'
import type { EwsClient } from './ews-client.ts'
import { ewsRole } from './http-status.ts'
import { inbox } from './ids.ts'
import { findFolder } from './operations/find-folder.ts'
import { getFolder } from './operations/get-folder.ts'

export interface DiagnoseParts {
  url: string
  processedFolder: string
  client: EwsClient
  tokens: TokenSource
  http: HttpClient
}

type Finding = Omit<Check, 'id'>
type Step = (parts: DiagnoseParts, signal: AbortSignal) => Promise<Finding>

/** In the order in which they depend on each other. */
const steps: Record<string, Step> = {
  tls: async ({ url, http }, signal) => {
    // Without a token on purpose: any status proves that the name, the port and the certificate are right.
    const { host } = new URL(url)
    const answer = await http
      .request({ method: 'GET', url, headers: {}, timeoutMs: 30_000, signal })
      .catch((error: unknown) => {
        throw networkError(error, host)
      })
    return ok(`${host} answered HTTP ${answer.status}`)
  },
  token: async ({ tokens }, signal) => {
    const claims = readTokenClaims(await tokens.token(signal))
    if (claims === null) return ok('a token that tells nothing of itself')
    return ok(`audience ${claims.audience}, tenant ${claims.tenantId}, application ${claims.clientId}`)
  },
  role: async ({ tokens }, signal) => {
    const roles = readTokenClaims(await tokens.token(signal))?.roles ?? []
    if (roles.includes(ewsRole)) return ok(ewsRole)
    // No failure yet: with RBAC for Applications the permission is not in the token. Reading the mailbox will tell.
    const error = new MailError(`The token does not hold ${ewsRole}`, {
      kind: 'consent',
      retry: 'pause-mailbox',
      providerCode: 'no-role',
      messageKey: 'consent.missing-role',
    })
    return { outcome: 'warning', evidence: roles.join(' ') || 'no roles', error }
  },
  'read-mailbox': async ({ client }, signal) => {
    const { displayName, totalCount } = await client.call(getFolder(inbox), signal)
    return ok(`${displayName}: ${totalCount}`)
  },
  'processed-folder': async ({ client, processedFolder }, signal) => {
    const id = await client.call(findFolder(processedFolder), signal)
    return ok(id === null ? `${processedFolder}: created with the first message` : processedFolder)
  },
}

/** Checks the way to the mailbox step by step; after a failed step the others are skipped. Changes nothing. */
export async function* diagnose(parts: DiagnoseParts, signal: AbortSignal): AsyncGenerator<Check> {
  let failed = false
  for (const [id, step] of Object.entries(steps)) {
    const finding: Finding = failed
      ? { outcome: 'skipped', evidence: '', error: null }
      : await step(parts, signal).catch(failure)
    failed ||= finding.outcome === 'failed'
    yield { id, ...finding }
  }
}

function ok(evidence: string): Finding {
  return { outcome: 'ok', evidence, error: null }
}

function failure(error: unknown): Finding {
  if (!(error instanceof MailError)) throw error
  return { outcome: 'failed', evidence: error.message, error }
}
