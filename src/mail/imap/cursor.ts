import * as folderCursor from '../folder-cursor.ts'

/** How far a folder was looked at: all up to this UID, as long as UIDVALIDITY is the same. */
export interface Position {
  uidValidity: bigint
  uid: number
}

export type Cursor = folderCursor.CursorOf<Position>

export function writeCursor(cursor: Cursor): string {
  return folderCursor.writeCursor(folderCursor.mapCursor(cursor, written))
}

/** Reads a stored cursor; positions that are not ours (another mailbox type's, say) start over. */
export function readCursor(stored: string | null): Cursor {
  return folderCursor.mapCursor(folderCursor.readCursor(stored), positionOf)
}

function written(position: Position | null): string | null {
  return position && `${position.uidValidity}:${position.uid}`
}

function positionOf(state: string | null): Position | null {
  const [, uidValidity, uid] = /^(\d{1,10}):(\d{1,10})$/.exec(state ?? '') ?? []
  return uidValidity === undefined ? null : { uidValidity: BigInt(uidValidity), uid: Number(uid) }
}
