import type { HttpClient } from '../../lib/http-client.ts'
import { checkRoles, checkToken } from '../../oauth/check-token.ts'
import type { TokenSource } from '../../oauth/token-source.ts'
import { checkTls } from '../check-tls.ts'
import type { Check } from '../mailbox.ts'
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
    tls: () => checkTls(`${base}/$metadata`, http, signal),
    token: () => checkToken(tokens, signal),
    role: () => checkRoles(graphRoles, 'consent.missing-graph-roles', tokens, signal),
    'read-mailbox': async () => {
      const url = `${paths.folder('inbox')}?$select=displayName,totalItemCount`
      const inbox = objectOf(await client.call({ name: 'get folder', method: 'GET', url }, signal))
      return ok(`${textOf(inbox.displayName)}: ${Number(inbox.totalItemCount)}`)
    },
    'processed-folder': async () =>
      ok((await folder.find(signal)) === null ? 'created with the first message' : 'there'),
  })
}
