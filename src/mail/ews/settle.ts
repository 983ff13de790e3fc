import type { MailError } from '../errors.ts'
import type { SettleMode, SettleOutcome } from '../mailbox.ts'
import { callInBatches } from './call-in-batches.ts'
import type { EwsClient } from './ews-client.ts'
import { deleteItem } from './operations/delete-item.ts'
import { moveItem } from './operations/move-item.ts'
import { updateItemRead } from './operations/update-item.ts'
import type { ProcessedFolder } from './processed-folder.ts'
import type { Outcome } from './response-message.ts'

/** Ids are short; the number of items bounds these batches. */
const options = { sizeOf: () => 256, repeatable: true }

/** Puts messages aside. One outcome per id, in order; a message that is gone counts as settled. */
export async function settle(
  ids: string[],
  mode: SettleMode,
  parts: { client: EwsClient; folder: ProcessedFolder },
  signal: AbortSignal,
): Promise<SettleOutcome[]> {
  const outcomes = await settling[mode](ids, parts, signal)
  return ids.map((providerId, index) => {
    const { value, error } = outcomes[index] as Outcome<{ newId: string | null }>
    const gone = error?.providerCode === 'ErrorItemNotFound'
    return { providerId, newProviderId: value?.newId ?? null, error: gone ? null : error }
  })
}

type Settling = (
  ids: string[],
  parts: { client: EwsClient; folder: ProcessedFolder },
  signal: AbortSignal,
) => Promise<Outcome<{ newId: string | null }>[]>

const settling: Record<SettleMode, Settling> = {
  move: async (ids, parts, signal) => {
    const outcomes = await move(ids, parts, signal)
    const lost = ids.filter((_, index) => isFolderGone(outcomes[index]?.error))
    if (lost.length === 0) return outcomes
    // Somebody deleted the folder: it is created again, once.
    parts.folder.forget()
    const again = await move(lost, parts, signal)
    return outcomes.map((outcome) => (isFolderGone(outcome.error) ? (again.shift() ?? outcome) : outcome))
  },
  'mark-read': (ids, { client }, signal) =>
    inPlace(ids, (batch) => client.call(updateItemRead(batch), signal)),
  delete: (ids, { client }, signal) => inPlace(ids, (batch) => client.call(deleteItem(batch), signal)),
}

const move: Settling = async (ids, { client, folder }, signal) => {
  const { outcomes } = await callInBatches(ids, options, async (batch) =>
    client.call(moveItem(batch, { id: await folder.id(signal) }), signal),
  )
  return outcomes
}

/** Calls an operation after which the message has no new id. */
async function inPlace(
  ids: string[],
  call: (batch: string[]) => Promise<Outcome<true>[]>,
): Promise<Outcome<{ newId: null }>[]> {
  const { outcomes } = await callInBatches(ids, options, call)
  return outcomes.map((outcome) =>
    outcome.error === null ? { value: { newId: null }, error: null } : outcome,
  )
}

function isFolderGone(error: MailError | null | undefined): boolean {
  return error?.providerCode === 'ErrorToFolderNotFound' || error?.providerCode === 'ErrorFolderNotFound'
}
