import type { Folder } from '../message.ts'

/** How far a folder was looked at: all up to this UID, as long as UIDVALIDITY is the same. */
export interface Position {
  uidValidity: bigint
  uid: number
}

/** Null before the first look. */
export type Cursor = Record<Folder, Position | null>

export function writeCursor({ inbox, junk }: Cursor): string {
  return JSON.stringify({ inbox: written(inbox), junk: written(junk) })
}

/** Reads a stored cursor. One that is not ours (another mailbox type's, say) starts over: what is known is skipped. */
export function readCursor(stored: string | null): Cursor {
  const value = parse(stored ?? 'null')
  return { inbox: positionOf(value?.inbox), junk: positionOf(value?.junk) }
}

function written(position: Position | null): string | null {
  return position && `${position.uidValidity}:${position.uid}`
}

function positionOf(value: unknown): Position | null {
  const [, uidValidity, uid] = /^(\d{1,10}):(\d{1,10})$/.exec(String(value)) ?? []
  return uidValidity === undefined ? null : { uidValidity: BigInt(uidValidity), uid: Number(uid) }
}

function parse(stored: string): Partial<Record<Folder, unknown>> | null {
  try {
    const value: unknown = JSON.parse(stored)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
