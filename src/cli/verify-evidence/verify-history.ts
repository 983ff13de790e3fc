import { createHash, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import { CHECKPOINT, ENTRIES } from '../../api/routes/evidence/chain-files.ts'
import { type AuditEntry, problemOfEntry } from '../../store/audit.ts'
import type { Found } from './evidence-problem.ts'
import { parse, readLinesOf } from './read-lines-of.ts'

const entryLine = z.object({
  requestId: z.int(),
  sequence: z.int(),
  at: z.iso.datetime(),
  kind: z.string(),
  actorId: z.string().nullable(),
  payload: z.record(z.string(), z.unknown()).nullable(),
  payloadDigest: z.string(),
  previousDigest: z.string(),
  digest: z.string(),
  masked: z.literal(true).optional(),
})

export type EntryLine = z.output<typeof entryLine>

interface History {
  entries: EntryLine[]
  checkedUpTo: number | null
  /** Entries whose payload is masked, as people are told. */
  masked: string[]
}

/** Whether the entries follow one another with the digests that they must have, and a checkpoint holds one of them. */
export function verifyHistory(
  files: ReadonlyMap<string, Buffer>,
  key: KeyObject | null,
  found: Found,
): History {
  const octets = files.get(ENTRIES)
  // The evidence of a message that belongs to no request has none.
  if (!octets) {
    if (files.has('request.json') || files.has(CHECKPOINT)) found(ENTRIES, 'missing')
    return { entries: [], checkedUpTo: null, masked: [] }
  }
  const entries = readLinesOf(octets, entryLine)
  if (entries === null || entries.length === 0) {
    found(ENTRIES, 'malformed')
    return { entries: [], checkedUpTo: null, masked: [] }
  }
  let before: AuditEntry | null = null
  for (const line of entries) {
    const entry = toEntry(line)
    const problem = problemOfEntry(entry, before)
    if (problem !== null && problem !== 'chain-missing') found(ENTRIES, problem, line.sequence)
    if (before !== null && before.requestId !== entry.requestId) found(ENTRIES, 'chain-broken', line.sequence)
    before = entry
  }
  return {
    entries,
    checkedUpTo: verifyCheckpoint(files, { entries, key }, found),
    masked: entries.filter(({ masked }) => masked).map(({ sequence }) => `${ENTRIES} ${sequence}`),
  }
}

/** What is masked is another payload than the digest was made of: the entry is checked without it. */
function toEntry({ masked, at, payload, ...line }: EntryLine): AuditEntry {
  return { ...line, at: new Date(at), payload: masked ? null : payload }
}

const keyLine = z.object({ publicKey: z.string().nullable() })
const signedLine = z.object({ checkpoint: z.int(), statement: z.string(), signature: z.string() })
const headLine = z.object({ requestId: z.int(), sequence: z.int(), digest: z.string() })
const statementShape = z.object({ headsDigest: z.string(), headCount: z.int() })

/** The number of the entry that the checkpoint holds; null when there is none, or it is not what was signed. */
function verifyCheckpoint(
  files: ReadonlyMap<string, Buffer>,
  { entries, key }: { entries: EntryLine[]; key: KeyObject | null },
  found: Found,
): number | null {
  const octets = files.get(CHECKPOINT)
  // What is not signed with a key that is at hand vouches for nothing.
  if (!octets || key === null) return null
  const [first, second, ...rest] = octets.toString().split('\n').slice(0, -1)
  const signed = signedLine.safeParse(parse(second ?? '')).data
  const statement = statementShape.safeParse(parse(signed?.statement ?? '')).data
  const heads = readLinesOf(Buffer.from(rest.map((line) => `${line}\n`).join('')), headLine)
  if (!keyLine.safeParse(parse(first ?? '')).success || !signed || !statement || heads === null) {
    found(CHECKPOINT, 'malformed')
    return null
  }
  const text = heads.map((head) => `${head.requestId} ${head.sequence} ${head.digest}\n`).join('')
  const head = heads.find(({ requestId }) => requestId === entries[0]?.requestId)
  const isSound =
    verify(null, Buffer.from(signed.statement), key, Buffer.from(signed.signature, 'base64')) &&
    createHash('sha256').update(text).digest('hex') === statement.headsDigest &&
    heads.length === statement.headCount &&
    head !== undefined &&
    entries.some(({ sequence, digest }) => sequence === head.sequence && digest === head.digest)
  if (isSound) return head.sequence
  found(CHECKPOINT, 'checkpoint-wrong')
  return null
}
