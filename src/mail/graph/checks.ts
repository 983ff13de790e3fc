import type { HttpClient } from '../../lib/http-client.ts'
import { tokenChecks } from '../../oauth/token-checks.ts'
import type { TokenSource } from '../../oauth/token-source.ts'
import { checkServer } from '../check-server.ts'
import { ok } from '../finding.ts'
import { folderChecks } from '../folder-checks.ts'
import type { CheckStep } from '../mailbox.ts'
import { graphRoles } from './error-codes.ts'
import type { GraphClient } from './graph-client.ts'
import { objectOf, textOf } from './json.ts'
import { type MailboxPaths, wellKnownFolders } from './paths.ts'
import type { ProcessedFolder } from './processed-folder.ts'

export interface CheckParts {
  base: string
  processedFolder: string
  watchJunk: boolean
  client: GraphClient
  paths: MailboxPaths
  folder: ProcessedFolder
  tokens: TokenSource
  http: HttpClient
}

/** The steps to this mailbox over Microsoft Graph. */
export function checks(parts: CheckParts): CheckStep[] {
  const { base, processedFolder, watchJunk, client, paths, folder, tokens, http } = parts
  const look = async (name: string, signal: AbortSignal) => {
    const url = `${paths.folder(name)}?$select=displayName,totalItemCount`
    const found = objectOf(await client.call({ name: 'get folder', method: 'GET', url }, signal))
    return ok(`${textOf(found.displayName)}: ${Number(found.totalItemCount)}`)
  }
  const read = (signal: AbortSignal) => look(wellKnownFolders.inbox, signal)
  return [
    { id: 'mailbox-server', needs: [], run: (signal) => checkServer(`${base}/$metadata`, http, signal) },
    ...tokenChecks(tokens, { roles: graphRoles, messageKey: 'consent.missing-graph-roles', read }),
    ...folderChecks({
      needs: ['mailbox-server', 'token', 'role'],
      inbox: read,
      async processed(signal) {
        return { name: processedFolder, isThere: (await folder.find(signal)) !== null }
      },
      junk: watchJunk ? (signal) => look(wellKnownFolders.junk, signal) : null,
    }),
  ]
}
