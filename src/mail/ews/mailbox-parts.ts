import type { Log } from '../../lib/log.ts'
import { MailError } from '../errors.ts'
import type { BatchSizes } from './batch-size.ts'
import type { EwsClient } from './ews-client.ts'
import { inbox } from './ids.ts'
import { getFolder } from './operations/get-folder.ts'

/** What the parts of one open mailbox share. */
export interface MailboxParts {
  client: EwsClient
  sizes: BatchSizes
  /** A larger message is not fetched. */
  maxMessageBytes: number
  log: Log
}

/** Why a mailbox does not answer, asked by the smallest call there is; null when it answers. */
export async function troubleOfMailbox(client: EwsClient, signal: AbortSignal): Promise<MailError | null> {
  try {
    await client.call(getFolder(inbox), signal)
    return null
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    return error
  }
}
