import type { Mailbox } from '../mail/mailbox.ts'
import { EwsError } from './ews-error.ts'

/**
 * A SyncState, opaque for clients: what it is a state of, the mailbox's age, and sequences of the mailbox that have been
 * followed. Any other is refused.
 */
export function writeSyncState(key: string, { syncAge }: Mailbox, sequences: number[]): string {
  return Buffer.from(JSON.stringify([key, syncAge, ...sequences])).toString('base64')
}

/**
 * The sequences in a state; `null` for an empty one, which means the beginning.
 * @throws EwsError ErrorInvalidSyncStateData
 */
export function readSyncState(state: string, key: string, mailbox: Mailbox): number[] | null {
  if (state === '') return null
  const [stateKey, syncAge, ...sequences] = parseState(state)
  const isSequence = (number: unknown): number is number =>
    Number.isInteger(number) && Number(number) >= 0 && Number(number) <= mailbox.sequence
  const isOurs = stateKey === key && syncAge === mailbox.syncAge
  if (!isOurs || !sequences.every(isSequence)) throw new EwsError('ErrorInvalidSyncStateData')
  return sequences
}

function parseState(state: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(state, 'base64').toString())
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}
