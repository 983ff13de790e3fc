import { decodeWords } from 'postal-mime'
import type { MimePart } from './mime-tree.ts'
import { storable } from './storable.ts'

/** The file name of a part, decoded; null when it has none. */
export function nameOf({ disposition, type }: MimePart): string | null {
  const name = disposition.parameters.get('filename') ?? type.parameters.get('name') ?? ''
  return name === '' ? null : storable(decodeWords(name))
}
