import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Selectable } from 'kysely'
import { AppError } from '../../lib/app-error.ts'
import type { InboundMessageTable } from '../schema.ts'
import { rawFile } from './raw-file.ts'

type RawRow = Pick<Selectable<InboundMessageTable>, 'id' | 'raw' | 'rawSha256' | 'erasedAt'>

/**
 * The octets of a stored message, from its row or its file, proven to be the ones that came in. Throws `AppError`:
 * `message-erased` when retention took them, `raw-missing` when the file is not there or cannot be read, `raw-altered`
 * when they are not what was stored.
 */
export async function loadRaw(directory: string | null, row: RawRow): Promise<Buffer> {
  if (row.erasedAt !== null) {
    throw new AppError('message-erased', { at: row.erasedAt.toISOString() })
  }
  const octets = row.raw ?? (await readRawFile(directory, row))
  const isSame = createHash('sha256').update(octets).digest('hex') === row.rawSha256
  if (!isSame) throw new AppError('raw-altered', { message: row.id })
  return octets
}

async function readRawFile(directory: string | null, { id, rawSha256 }: RawRow): Promise<Buffer> {
  if (directory === null) throw new AppError('raw-missing', { message: id })
  try {
    return await readFile(rawFile(directory, rawSha256).path)
  } catch (cause) {
    throw new AppError('raw-missing', { message: id }, { cause })
  }
}
