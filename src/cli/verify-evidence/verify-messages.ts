import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Found } from './evidence-problem.ts'
import { parse } from './read-lines-of.ts'
import type { EntryLine } from './verify-history.ts'

const inbound = z.object({
  id: z.string(),
  sha256: z.string(),
  raw: z.object({ file: z.string().nullable(), masked: z.boolean() }),
})

const proof = z.object({ inboundMessageId: z.string(), rawSha256: z.string() })
const created = z.object({ files: z.array(z.object({ name: z.string(), sha256: z.string() })) })

/**
 * Whether the replies and the files are those that the history names by their SHA-256. Returns the names of mails that
 * cannot be compared, because reply tokens are masked in them.
 */
export function verifyMessages(
  files: ReadonlyMap<string, Buffer>,
  entries: EntryLine[],
  found: Found,
): string[] {
  const proofs = entries.flatMap(({ payload }) => proof.safeParse(payload).data ?? [])
  const masked: string[] = []
  for (const [name, octets] of files) {
    if (!/^messages\/in\/[^/]+\.json$/.test(name)) continue
    const message = inbound.safeParse(parse(octets.toString())).data
    if (!message) {
      found(name, 'malformed')
      continue
    }
    const { id, sha256, raw } = message
    if (proofs.some((each) => each.inboundMessageId === id && each.rawSha256 !== sha256))
      found(name, 'reply-other')
    if (raw.file === null) continue
    const mail = files.get(raw.file)
    if (!mail) found(raw.file, 'missing')
    else if (raw.masked) masked.push(raw.file)
    else if (sha256Of(mail) !== sha256) found(raw.file, 'reply-other')
  }
  verifyFiles(files, entries, found)
  return masked
}

/** Files may be missing, once retention has taken them or in the evidence of one message; none may be another. */
function verifyFiles(files: ReadonlyMap<string, Buffer>, entries: EntryLine[], found: Found): void {
  const proven = created.safeParse(entries[0]?.payload).data?.files ?? []
  for (const [name, octets] of files) {
    if (!name.startsWith('files/')) continue
    const place = Number(/^files\/(\d+)-/.exec(name)?.[1])
    if (proven[place - 1]?.sha256 !== sha256Of(octets)) found(name, 'file-other')
  }
}

const sha256Of = (octets: Buffer) => createHash('sha256').update(octets).digest('hex')
