import { isGone, MailError } from '../errors.ts'
import type { SettleMode, SettleOutcome } from '../mailbox.ts'
import type { Outcome } from '../outcome.ts'
import { type BatchOptions, callInBatches } from './call-in-batches.ts'
import type { ItemId } from './ids.ts'
import { type MailboxParts, troubleOfMailbox } from './mailbox-parts.ts'
import { deleteItem } from './operations/delete-item.ts'
import { getItemIds } from './operations/get-item.ts'
import { moveItem } from './operations/move-item.ts'
import { updateItemRead } from './operations/update-item.ts'
import type { ProcessedFolder } from './processed-folder.ts'

export interface SettleParts extends MailboxParts {
  folder: ProcessedFolder
}

interface Settled {
  /** Null when the message keeps its id, or Exchange does not tell. */
  newId: string | null
}

type Attempt = (ids: ItemId[]) => Promise<Outcome<Settled>[]>

/**
 * Puts messages aside. One outcome per id, in order; a message that is gone counts as settled. What failed by a stale
 * ChangeKey or a missing folder is tried once more, with the present one.
 */
export async function settle(
  ids: string[],
  mode: SettleMode,
  parts: SettleParts,
  signal: AbortSignal,
): Promise<SettleOutcome[]> {
  const options = batchOptions<ItemId>(parts, signal)
  const attempt: Attempt = async (items) => {
    try {
      const { outcomes } = await callInBatches(items, options, await settling[mode](parts, signal))
      return outcomes
    } catch (error) {
      // There is no folder to be had: that is no fault of any message.
      if (!(error instanceof MailError)) throw error
      return items.map(() => ({ value: null, error }))
    }
  }
  const items = ids.map((id): ItemId => ({ id, changeKey: null }))
  let outcomes = await attempt(items)
  outcomes = await tryAgain(items, outcomes, isFolderGone, (lost) => {
    // Somebody deleted the folder: it is looked for again, and created.
    parts.folder.forget()
    return attempt(lost)
  })
  outcomes = await tryAgain(items, outcomes, isConflict, async (stale) => {
    const read = await callInBatches(stale, options, (batch) => parts.client.call(getItemIds(batch), signal))
    const current = read.outcomes.flatMap(({ value }) => value ?? [])
    const again = (await attempt(current)).values()
    return read.outcomes.map((outcome) =>
      outcome.error ? outcome : (again.next().value as Outcome<Settled>),
    )
  })
  return ids.map((providerId, index) => {
    const { value, error } = outcomes[index] as Outcome<Settled>
    const gone = error !== null && isGone(error) && !isFolderGone(error)
    return { providerId, newProviderId: value?.newId ?? null, error: gone ? null : error }
  })
}

/** What settles a batch. */
const settling: Record<SettleMode, (parts: SettleParts, signal: AbortSignal) => Promise<Attempt>> = {
  async move({ client, folder }, signal) {
    const processed = { id: await folder.id(signal) }
    return (batch) => client.call(moveItem(batch, processed), signal)
  },
  async 'mark-read'({ client }, signal) {
    return async (batch) => inPlace(await client.call(updateItemRead(batch), signal))
  },
  async delete({ client }, signal) {
    return async (batch) => inPlace(await client.call(deleteItem(batch), signal))
  },
}

/** After these the message has no new id. */
function inPlace(outcomes: Outcome<true>[]): Outcome<Settled>[] {
  return outcomes.map((outcome) => (outcome.error ? outcome : { value: { newId: null }, error: null }))
}

/** Ids are short; the number of items bounds these batches. Settled twice is settled once. */
function batchOptions<Item>({ client, sizes }: MailboxParts, signal: AbortSignal): BatchOptions<Item> {
  return {
    size: sizes.settled,
    sizeOf: () => 256,
    repeatable: true,
    troubleOfMailbox: () => troubleOfMailbox(client, signal),
  }
}

/** Replaces the outcomes that failed in a way by those of another attempt at the same items. */
async function tryAgain(
  items: ItemId[],
  outcomes: Outcome<Settled>[],
  failedSo: (error: MailError) => boolean,
  attempt: Attempt,
): Promise<Outcome<Settled>[]> {
  const isDue = ({ error }: Outcome<Settled>) => error !== null && failedSo(error)
  const due = items.filter((_, index) => isDue(outcomes[index] as Outcome<Settled>))
  if (due.length === 0) return outcomes
  const again = (await attempt(due)).values()
  return outcomes.map((outcome) => (isDue(outcome) ? (again.next().value as Outcome<Settled>) : outcome))
}

function isFolderGone({ providerCode }: MailError): boolean {
  return providerCode === 'ErrorToFolderNotFound' || providerCode === 'ErrorFolderNotFound'
}

/** The item was changed meanwhile, or Exchange wants to be told which state of it is meant. */
const conflicts = new Set([
  'ErrorIrresolvableConflict',
  'ErrorStaleObject',
  'ErrorChangeKeyRequired',
  'ErrorChangeKeyRequiredForWriteOperations',
])

function isConflict({ providerCode }: MailError): boolean {
  return conflicts.has(providerCode)
}
