import type { Folder } from './message.ts'

/** How far each folder was looked at, in the provider's own words (a sync state, a delta link); null before the first look. */
export type Cursor = Record<Folder, string | null>

export function writeCursor(cursor: Cursor): string {
  return JSON.stringify(cursor)
}

/** Reads a stored cursor. One that is not ours (another mailbox type's, say) starts over: what is known is skipped. */
export function readCursor(stored: string | null): Cursor {
  const value = parse(stored ?? 'null')
  return { inbox: stateOf(value?.inbox), junk: stateOf(value?.junk) }
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
