import { z } from 'zod'
import type { FileFacts } from '../approvals/load-files.ts'
import { timestamp } from './common-schemas.ts'

/** A file that came with a request, or is to come with one. */
export const fileView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    mediaType: z.string().describe('As it was declared; nothing vouches for it'),
    size: z.int().describe('Octets'),
    sha256: z.string(),
    erasedAt: timestamp.nullable().describe('When its content was erased; name, size and SHA-256 stay'),
  })
  .meta({ id: 'File' })

export function toFileView({ erasedAt, ...file }: FileFacts): z.output<typeof fileView> {
  return { ...file, erasedAt: erasedAt?.toISOString() ?? null }
}
