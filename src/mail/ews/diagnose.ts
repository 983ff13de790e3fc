import type { HttpClient } from '../../lib/http-client.ts'
import { checkRoles, checkToken } from '../../oauth/check-token.ts'
import type { TokenSource } from '../../oauth/token-source.ts'
import { checkTls } from '../check-tls.ts'
import type { Check } from '../mailbox.ts'
import { ok, runChecks } from '../run-checks.ts'
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

/** Checks the way to the mailbox step by step; after a failed step the others are skipped. Changes nothing. */
export function diagnose(
  { url, processedFolder, client, tokens, http }: DiagnoseParts,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  return runChecks({
    tls: () => checkTls(url, http, signal),
    token: () => checkToken(tokens, signal),
    role: () => checkRoles([ewsRole], 'consent.missing-role', tokens, signal),
    'read-mailbox': async () => {
      const { displayName, totalCount } = await client.call(getFolder(inbox), signal)
      return ok(`${displayName}: ${totalCount}`)
    },
    'processed-folder': async () => {
      const id = await client.call(findFolder(processedFolder), signal)
      return ok(id === null ? `${processedFolder}: created with the first message` : processedFolder)
    },
  })
}
