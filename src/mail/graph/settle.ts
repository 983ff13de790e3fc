import { isGone } from '../errors.ts'
import type { SettleMode, SettleOutcome } from '../mailbox.ts'
import { type BatchRequest, callTogether } from './batch.ts'
import type { GraphClient } from './graph-client.ts'
import type { MailboxPaths } from './paths.ts'
import type { ProcessedFolder } from './processed-folder.ts'

export interface SettleParts {
  client: GraphClient
  paths: MailboxPaths
  folder: ProcessedFolder
}

/**
 * Puts messages aside. One outcome per id, in order; a message that is gone counts as settled. With immutable ids a
 * moved message keeps its own.
 */
export async function settle(
  ids: string[],
  mode: SettleMode,
  parts: SettleParts,
  signal: AbortSignal,
): Promise<SettleOutcome[]> {
  const outcomes = await settleOnce(ids, mode, parts, signal)
  const lost = outcomes
    .filter(({ error }) => error?.providerCode === folderGone)
    .map(({ providerId }) => providerId)
  if (mode !== 'move' || lost.length === 0) return outcomes
  // Somebody deleted the folder: it is created again, once.
  parts.folder.forget()
  const again = new Map(
    (await settleOnce(lost, mode, parts, signal)).map((outcome) => [outcome.providerId, outcome]),
  )
  return outcomes.map((outcome) => again.get(outcome.providerId) ?? outcome)
}

/** A destination that does not exist; a message that does not has a code of its own (`ErrorItemNotFound`). */
const folderGone = 'ErrorFolderNotFound'

async function settleOnce(
  ids: string[],
  mode: SettleMode,
  { client, paths, folder }: SettleParts,
  signal: AbortSignal,
): Promise<SettleOutcome[]> {
  if (ids.length === 0) return []
  const toRequest = await requestFor(mode, paths, folder, signal)
  const outcomes = await callTogether(client, mode, ids.map(toRequest), signal)
  return ids.map((providerId, index) => {
    const error = outcomes[index]?.error ?? null
    const gone = error !== null && isGone(error) && error.providerCode !== folderGone
    return { providerId, newProviderId: error === null ? providerId : null, error: gone ? null : error }
  })
}

async function requestFor(
  mode: SettleMode,
  paths: MailboxPaths,
  folder: ProcessedFolder,
  signal: AbortSignal,
): Promise<(id: string) => BatchRequest> {
  switch (mode) {
    case 'move': {
      const destinationId = await folder.id(signal)
      return (id) => ({ method: 'POST', url: `${paths.message(id)}/move`, body: { destinationId } })
    }
    case 'mark-read':
      return (id) => ({ method: 'PATCH', url: paths.message(id), body: { isRead: true } })
    case 'delete':
      return (id) => ({ method: 'DELETE', url: paths.message(id) })
  }
}
