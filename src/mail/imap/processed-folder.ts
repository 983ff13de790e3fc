import { hasFolder, pathUnderInbox } from './folders.ts'
import type { ImapConnection } from './imap-connection.ts'

/** The folder into which settled messages are moved. */
export interface ProcessedFolder {
  /** Its path; it is created when missing. */
  path(connection: ImapConnection): Promise<string>
  /** Forgets that it is there, because it is gone. */
  forget(): void
}

export function processedFolder(name: string): ProcessedFolder {
  let known: string | null = null

  async function findOrCreate(connection: ImapConnection): Promise<string> {
    const path = pathUnderInbox(connection, name)
    if (await hasFolder(connection, path)) return path
    try {
      return (await connection.command((client) => client.mailboxCreate(path))).path
    } catch (error) {
      // Another worker was faster.
      if (!(await hasFolder(connection, path))) throw error
      return path
    }
  }

  return {
    async path(connection) {
      known ??= await findOrCreate(connection)
      return known
    },
    forget() {
      known = null
    },
  }
}
