import * as folderCursor from '../folder-cursor.ts'
import type { Folder } from '../message.ts'

/** How far a folder was looked at: all up to this UID, as long as UIDVALIDITY is the same. */
export interface Position {
  uidValidity: bigint
  uid: number
}

/** Null before the first look. */
export type Cursor = Record<Folder, Position | null>

export function writeCursor({ inbox, junk }: Cursor): string {
  return folderCursor.writeCursor({ inbox: written(inbox), junk: written(junk) })
}

/** Reads a stored cursor; positions that are not ours (another mailbox type's, say) start over. */
export function readCursor(stored: string | null): Cursor {
  const { inbox, junk } = folderCursor.readCursor(stored)
  return { inbox: positionOf(inbox), junk: positionOf(junk) }
}

function written(position: Position | null): string | null {
  return position && `${position.uidValidity}:${position.uid}`
}

function positionOf(state: string | null): Position | null {
  const [, uidValidity, uid] = /^(\d{1,10}):(\d{1,10})$/.exec(state ?? '') ?? []
  return uidValidity === undefined ? null : { uidValidity: BigInt(uidValidity), uid: Number(uid) }
}
