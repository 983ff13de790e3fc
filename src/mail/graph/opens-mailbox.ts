import { MailError } from '../errors.ts'
import type { GraphClient } from './graph-client.ts'
import { mailboxPaths, wellKnownFolders } from './paths.ts'

/** Whether the mailbox may be read. Throws `MailError` for every other failure than a refusal of access. */
export async function opensMailbox(
  client: GraphClient,
  address: string,
  signal: AbortSignal,
): Promise<boolean> {
  const url = `${mailboxPaths(address).folder(wellKnownFolders.inbox)}?$select=id`
  try {
    await client.call({ name: 'get folder', method: 'GET', url }, signal)
    return true
  } catch (error) {
    if (error instanceof MailError && error.kind === 'consent') return false
    throw error
  }
}
