import { createHash } from 'node:crypto'
import type { ZippedFile } from '../../../lib/zip/write-zip.ts'
import type { SigningKey } from '../../../store/signing-key.ts'

/** The names of what `seal` adds. */
export const SUMS = 'SHA256SUMS'
export const SIGNATURE = 'SHA256SUMS.sig'
export const PUBLIC_KEY = 'public-key.pem'

/**
 * The files, then their SHA-256 as `sha256sum --check` takes them, and the Ed25519 signature of that list where the
 * installation has a key: no octet of any file can be changed afterwards without its showing.
 */
export async function* seal(
  files: AsyncIterable<ZippedFile>,
  key: SigningKey | null,
): AsyncGenerator<ZippedFile> {
  const sums: string[] = []
  for await (const file of withKey(files, key)) {
    sums.push(`${createHash('sha256').update(file.octets).digest('hex')}  ${file.name}\n`)
    yield file
  }
  const list = sums.join('')
  yield { name: SUMS, octets: Buffer.from(list) }
  if (key) yield { name: SIGNATURE, octets: Buffer.from(key.sign(list), 'base64') }
}

async function* withKey(
  files: AsyncIterable<ZippedFile>,
  key: SigningKey | null,
): AsyncGenerator<ZippedFile> {
  yield* files
  if (key) yield { name: PUBLIC_KEY, octets: Buffer.from(key.publicKeyPem) }
}
