import { MailError } from '../errors.ts'
import type { EwsClient } from './ews-client.ts'
import { createFolder } from './operations/create-folder.ts'
import { findFolder } from './operations/find-folder.ts'

/** The folder under Inbox into which settled messages are moved. */
export interface ProcessedFolder {
  /** Its id; it is created when missing. */
  id(signal: AbortSignal): Promise<string>
  /** Forgets the id, because the folder is gone. */
  forget(): void
}

export function processedFolder(client: EwsClient, displayName: string): ProcessedFolder {
  let known: string | null = null

  async function findOrCreate(signal: AbortSignal): Promise<string> {
    const found = await client.call(findFolder(displayName), signal)
    if (found !== null) return found
    try {
      return await client.call(createFolder(displayName), signal)
    } catch (error) {
      // Another worker was faster.
      if (!(error instanceof MailError) || error.providerCode !== 'ErrorFolderExists') throw error
      const created = await client.call(findFolder(displayName), signal)
      if (created === null) throw error
      return created
    }
  }

  return {
    async id(signal) {
      known ??= await findOrCreate(signal)
      return known
    },
    forget() {
      known = null
    },
  }
}
