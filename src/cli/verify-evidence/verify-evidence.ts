import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { PUBLIC_KEY, SIGNATURE, SUMS } from '../../api/routes/evidence/seal.ts'
import type { EvidenceProblem, Found } from './evidence-problem.ts'
import { verifyHistory } from './verify-history.ts'
import { verifyMessages } from './verify-messages.ts'

export interface EvidenceVerification {
  files: number
  entries: number
  /** First 8 hex digits of the SHA-256 of the key that has signed it; null when nothing is signed. */
  signedWith: string | null
  /** Whether that key is the one that the caller has from elsewhere. */
  isKnownKey: boolean
  /** The number of the entry up to which a signed checkpoint vouches; null without one. */
  checkedUpTo: number | null
  /** What could not be checked, because reply tokens are masked in it. */
  masked: string[]
  problems: EvidenceProblem[]
}

/**
 * Whether an export is the one that was made: its files by name, and the public key that the caller keeps, as PEM. Needs
 * neither a server nor its database. Every text in it may be hostile: it is compared, never followed.
 */
export function verifyEvidence(
  files: ReadonlyMap<string, Buffer>,
  knownKey: string | null,
): EvidenceVerification {
  const problems: EvidenceProblem[] = []
  const found: Found = (file, problem, entry) => problems.push({ file, problem, entry: entry ?? null })
  verifySums(files, found)
  const key = verifySignature(files, knownKey, found)
  const history = verifyHistory(files, key, found)
  const maskedMails = verifyMessages(files, history.entries, found)
  return {
    files: files.size,
    entries: history.entries.length,
    signedWith: key && keyIdOf(key),
    isKnownKey: key !== null && knownKey !== null,
    checkedUpTo: history.checkedUpTo,
    masked: [...history.masked, ...maskedMails],
    problems,
  }
}

/** Each file is in the list, with its SHA-256, and the list names no other. */
function verifySums(files: ReadonlyMap<string, Buffer>, found: Found): void {
  const list = files.get(SUMS)
  if (!list) {
    found(SUMS, 'missing')
    return
  }
  const lines = list.toString().split('\n').slice(0, -1)
  const sums = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]))
  if (sums.size !== lines.length) found(SUMS, 'malformed')
  for (const [name, octets] of files) {
    if (name === SUMS || name === SIGNATURE) continue
    const sum = sums.get(name)
    if (sum === undefined) found(name, 'not-listed')
    else if (sum !== createHash('sha256').update(octets).digest('hex')) found(name, 'altered')
  }
  for (const name of sums.keys()) if (!files.has(name)) found(name, 'missing')
}

/** The key that has signed the list; null when nothing is signed, or not with this key. */
function verifySignature(
  files: ReadonlyMap<string, Buffer>,
  knownKey: string | null,
  found: Found,
): KeyObject | null {
  const enclosed = files.get(PUBLIC_KEY)?.toString() ?? null
  const signature = files.get(SIGNATURE)
  if (enclosed === null && signature === undefined) {
    if (knownKey !== null) found(SIGNATURE, 'signature-missing')
    return null
  }
  if (enclosed === null || signature === undefined) {
    found(enclosed === null ? PUBLIC_KEY : SIGNATURE, 'signature-missing')
    return null
  }
  const key = parseKey(knownKey ?? enclosed)
  if (key === null) {
    found(PUBLIC_KEY, 'malformed')
    return null
  }
  const other = parseKey(enclosed)
  if (other === null || !key.equals(other)) {
    found(PUBLIC_KEY, 'key-other')
    return null
  }
  if (verify(null, files.get(SUMS) ?? Buffer.alloc(0), key, signature)) return key
  found(SIGNATURE, 'signature-wrong')
  return null
}

function parseKey(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}

function keyIdOf(key: KeyObject): string {
  const spki = key.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('hex').slice(0, 8)
}
