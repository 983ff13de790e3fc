import type { HttpClient } from '../../lib/http-client.ts'
import { readTokenClaims } from '../../oauth/token-claims.ts'
import type { TokenSource } from '../../oauth/token-source.ts'
import { MailError } from '../errors.ts'
import type { Check } from '../mailbox.ts'
import { networkError } from '../network-error.ts'
import { ok, runChecks } from '../run-checks.ts'
import { graphRoles } from './error-codes.ts'
import type { GraphClient } from './graph-client.ts'
import { objectOf, textOf } from './json.ts'
import type { MailboxPaths } from './paths.ts'
import type { ProcessedFolder } from './processed-folder.ts'

export interface DiagnoseParts {
  base: string
  client: GraphClient
  paths: MailboxPaths
  folder: ProcessedFolder
  tokens: TokenSource
  http: HttpClient
}

/** Checks the way to the mailbox step by step; after a failed step the others are skipped. Changes nothing. */
export function diagnose(
  { base, client, paths, folder, tokens, http }: DiagnoseParts,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  return runChecks({
    tls: async () => {
      // Without a token on purpose: any status proves that the name, the port and the certificate are right.
      const { host } = new URL(base)
      const answer = await http
        .request({ method: 'GET', url: `${base}/$metadata`, headers: {}, timeoutMs: 30_000, signal })
        .catch((error: unknown) => {
          throw networkError(error, host)
        })
      return ok(`${host} answered HTTP ${answer.status}`)
    },
    token: async () => {
      const claims = readTokenClaims(await tokens.token(signal))
      if (claims === null) return ok('a token that tells nothing of itself')
      return ok(`audience ${claims.audience}, tenant ${claims.tenantId}, application ${claims.clientId}`)
    },
    role: async () => {
      const roles = readTokenClaims(await tokens.token(signal))?.roles ?? []
      if (graphRoles.every((role) => roles.includes(role))) return ok(graphRoles.join(' '))
      // No failure yet: with RBAC for Applications the permission is not in the token. Reading the mailbox will tell.
      const error = new MailError(`The token does not hold ${graphRoles.join(' and ')}`, {
        kind: 'consent',
        retry: 'pause-mailbox',
        providerCode: 'no-role',
        messageKey: 'consent.missing-graph-roles',
      })
      return { outcome: 'warning', evidence: roles.join(' ') || 'no roles', error }
    },
    'read-mailbox': async () => {
      const url = `${paths.folder('inbox')}?$select=displayName,totalItemCount`
      const inbox = objectOf(await client.call({ name: 'get folder', method: 'GET', url }, signal))
      return ok(`${textOf(inbox.displayName)}: ${Number(inbox.totalItemCount)}`)
    },
    'processed-folder': async () =>
      ok((await folder.find(signal)) === null ? 'created with the first message' : 'there'),
  })
}
