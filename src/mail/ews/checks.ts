import type { HttpClient } from '../../lib/http-client.ts'
import { tokenChecks } from '../../oauth/token-checks.ts'
import type { TokenSource } from '../../oauth/token-source.ts'
import { checkServer } from '../check-server.ts'
import { MailError } from '../errors.ts'
import { ok } from '../finding.ts'
import { folderChecks } from '../folder-checks.ts'
import type { CheckStep, Finding } from '../mailbox.ts'
import { ewsRole } from './application-caller.ts'
import type { EwsCredential } from './credential.ts'
import type { EwsClient } from './ews-client.ts'
import { inbox, junkEmail } from './ids.ts'
import { findFolder } from './operations/find-folder.ts'
import { getFolder } from './operations/get-folder.ts'

export interface CheckParts {
  url: string
  processedFolder: string
  watchJunk: boolean
  client: EwsClient
  credential: EwsCredential
  http: HttpClient
}

/** The steps to this mailbox over Exchange Web Services. */
export function checks(parts: CheckParts): CheckStep[] {
  const { url, processedFolder, watchJunk, client, credential, http } = parts
  const look = async (id: typeof inbox, signal: AbortSignal) => {
    const { displayName, totalCount } = await client.call(getFolder(id), signal)
    return ok(`${displayName}: ${totalCount}`)
  }
  const read = (signal: AbortSignal) => look(inbox, signal)
  return [
    { id: 'mailbox-server', needs: [], run: (signal) => checkServer(url, http, signal) },
    ...('tokens' in credential ? applicationChecks(credential.tokens, read) : []),
    ...folderChecks({
      needs: ['mailbox-server', 'token', 'role', 'ews-policy'],
      inbox: read,
      async processed(signal) {
        const isThere = (await client.call(findFolder(processedFolder), signal)) !== null
        return { name: processedFolder, isThere }
      },
      junk: watchJunk ? (signal) => look(junkEmail, signal) : null,
    }),
  ]
}

/** What may keep an application out of Exchange Online. */
function applicationChecks(
  tokens: TokenSource,
  read: (signal: AbortSignal) => Promise<unknown>,
): CheckStep[] {
  return [
    ...tokenChecks(tokens, { roles: [ewsRole], messageKey: 'consent.missing-role', read }),
    {
      id: 'ews-policy',
      needs: ['mailbox-server', 'token', 'role'],
      run: (signal) => checkPolicy(read, signal),
    },
  ]
}

/** Whether the tenant lets this application use EWS. Another refusal is another step's. */
async function checkPolicy(
  read: (signal: AbortSignal) => Promise<unknown>,
  signal: AbortSignal,
): Promise<Finding> {
  try {
    await read(signal)
  } catch (error) {
    if (!(error instanceof MailError) || error.kind === 'blocked-by-policy') throw error
  }
  return ok('')
}
