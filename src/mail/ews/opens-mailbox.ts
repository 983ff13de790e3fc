import { MailError } from '../errors.ts'
import type { EwsClient } from './ews-client.ts'
import { inbox } from './ids.ts'
import { getFolder } from './operations/get-folder.ts'

/** Whether the client's mailbox may be read. Throws `MailError` for every other failure than a refusal of access. */
export async function opensMailbox(client: EwsClient, signal: AbortSignal): Promise<boolean> {
  try {
    await client.call(getFolder(inbox), signal)
    return true
  } catch (error) {
    if (error instanceof MailError && error.kind === 'consent') return false
    throw error
  }
}
