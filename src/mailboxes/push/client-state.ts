import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Random, so that a plain hash of it gives nothing away. */
const STATE_BYTES = 32

/** A secret that a provider sends with each of its calls, and what is stored of it. */
export function newClientState(): { clientState: string; hash: string } {
  const clientState = randomBytes(STATE_BYTES).toString('base64url')
  return { clientState, hash: hashOf(clientState).toString('base64url') }
}

/** Whether this is the secret with that hash. Its digest is compared, in a time that tells nothing. */
export function isClientState(given: string, hash: string): boolean {
  const stored = Buffer.from(hash, 'base64url')
  const digest = hashOf(given)
  return stored.length === digest.length && timingSafeEqual(stored, digest)
}

function hashOf(clientState: string): Buffer {
  return createHash('sha256').update(clientState).digest()
}
