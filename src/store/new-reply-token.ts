import { randomBytes } from 'node:crypto'
import type { KeyRing } from './key-ring.ts'
import type { ReplyTokenTable } from './schema.ts'

/** The row of a new reply token; the token itself is derived from its nonce (ADR 4). */
export function newReplyToken(
  keys: KeyRing,
  of: Pick<ReplyTokenTable, 'actionId' | 'personId' | 'instance'> & { createdAt: Date },
) {
  const nonce = randomBytes(16)
  const hash = keys.hashToken(keys.replyToken(nonce))
  return { ...of, hash, nonce, keyId: keys.keyId, expiresAt: null }
}
