import type { ArrivalFolder, AsideFolder, Folder } from './message.ts'

/** How far each folder was looked at; null, or absent where folders seldom are looked into, before the first look. */
export type CursorOf<Position> = Record<ArrivalFolder, Position | null> &
  Partial<Record<AsideFolder, Position | null>>

/** In the provider's own words (a sync state, a delta link). */
export type Cursor = CursorOf<string>

const asideFolders: AsideFolder[] = ['processed', 'deleted']

/** The cursor with each of its positions changed. */
export function mapCursor<From, To>(
  cursor: CursorOf<From>,
  change: (position: From | null) => To | null,
): CursorOf<To> {
  const mapped: CursorOf<To> = { inbox: change(cursor.inbox), junk: change(cursor.junk) }
  for (const name of asideFolders) {
    const position = cursor[name]
    if (position !== undefined) mapped[name] = change(position)
  }
  return mapped
}

export function writeCursor(cursor: Cursor): string {
  return JSON.stringify(cursor)
}

/** Reads a stored cursor. One that is not ours (another mailbox type's, say) starts over: what is known is skipped. */
export function readCursor(stored: string | null): Cursor {
  const value = parse(stored ?? 'null')
  return mapCursor({ inbox: null, junk: null, ...value }, stateOf)
}

function stateOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function parse(stored: string): Partial<Record<Folder, unknown>> | null {
  try {
    const value: unknown = JSON.parse(stored)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
