import { MailError } from '../errors.ts'
import type { GraphClient } from './graph-client.ts'
import { listOf, objectOf, textOf } from './json.ts'
import { type MailboxPaths, odataString } from './paths.ts'

/** The folder under Inbox into which settled messages are moved. */
export interface ProcessedFolder {
  /** Its id; it is created when missing. */
  id(signal: AbortSignal): Promise<string>
  /** Its id; null when it does not exist. */
  find(signal: AbortSignal): Promise<string | null>
  /** Forgets the id, because the folder is gone. */
  forget(): void
}

export function processedFolder(
  client: GraphClient,
  paths: MailboxPaths,
  displayName: string,
): ProcessedFolder {
  let known: string | null = null
  const children = `${paths.folder('inbox')}/childFolders`

  async function find(signal: AbortSignal): Promise<string | null> {
    const url = `${children}?$select=id&$filter=displayName%20eq%20${odataString(displayName)}`
    const answer = await client.call({ name: 'find folder', method: 'GET', url }, signal)
    return textOf(listOf(objectOf(answer).value)[0]?.id) || null
  }

  async function create(signal: AbortSignal): Promise<string | null> {
    const body = { type: 'application/json' as const, content: JSON.stringify({ displayName }) }
    const answer = await client.call({ name: 'create folder', method: 'POST', url: children, body }, signal)
    return textOf(objectOf(answer).id) || null
  }

  async function findOrCreate(signal: AbortSignal): Promise<string> {
    const id =
      (await find(signal)) ??
      (await create(signal).catch((error: unknown) => {
        // Another worker was faster.
        if (error instanceof MailError && error.providerCode === 'ErrorFolderExists') return find(signal)
        throw error
      }))
    if (id !== null) return id
    throw new MailError(`Graph gave no id for the folder ${displayName}`, {
      kind: 'protocol',
      retry: 'later',
      providerCode: 'no-folder-id',
    })
  }

  return {
    find,
    async id(signal) {
      known ??= await findOrCreate(signal)
      return known
    },
    forget() {
      known = null
    },
  }
}
