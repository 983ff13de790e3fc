/**
 * The installation's keys, which stand outside the database: who has a copy of the database alone can read no mailbox
 * secret and make no reply token.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperatorError } from '../lib/operator-error.ts'
import { createSecretFile } from './create-secret-file.ts'
import { readKeyFile } from './read-key-file.ts'

export interface KeyRing {
  /** Of the key that seals and makes reply tokens now: the first 8 hex digits of its SHA-256. */
  readonly keyId: string
  /**
   * Encrypts with AES-256-GCM. `context` says where the secret belongs (`mailbox:<id>`); it is authenticated, not
   * stored, so a sealed secret moved to another place does not open.
   */
  seal(plaintext: string, context: string): Buffer
  /** Throws `OperatorError` when the key is unknown, `Error` when anything was altered or the context differs. */
  open(sealed: Buffer, context: string): string
  /**
   * The reply token of a nonce: 80 bits of HMAC-SHA256, 16 lower-case base32 characters (RFC 4648, section 6). Made
   * anew whenever a mail needs it; only its hash is stored. `keyId` is the key that was current when the nonce was
   * stored.
   */
  replyToken(nonce: Buffer, keyId?: string): string
  /** SHA-256, lower-case hex. Enough for what is random: there is nothing to guess. */
  hashToken(token: string): string
  /**
   * HMAC-SHA256 of a text, lower-case hex: tells that two are the same, and nothing to who has the database alone. Of
   * the current key; under another one the same text has another digest.
   */
  digestText(text: string): string
}

const KEY_BYTES = 32
const KEY_FILE = 'installation.key'

/** Sealed: version, key id, nonce (NIST SP 800-38D: 96 random bits), ciphertext, tag. */
const SEAL_VERSION = 1
const NONCE_AT = 5
const CIPHERTEXT_AT = 17
const TAG_BYTES = 16

const TOKEN_BYTES = 10

/** The purposes are kept apart by subkeys (RFC 5869), so that no use of a key tells anything about another. */
interface Key {
  seal: Buffer
  replyToken: Buffer
  text: Buffer
}

/**
 * Opens the keys: `key` (the value) or `keyFile`; without both, `installation.key` in the data directory, which is
 * made at the first start. `dataDirectory` is null with PostgreSQL: several servers share one database there, and a
 * key that one of them made for itself would be unknown to the others. Each line is one key of 32 bytes in base64: the
 * first is used, the others only open what they sealed and repeat the tokens they made. Throws `OperatorError` when there is no key or it is none.
 */
export async function openKeyRing(source: {
  key: string | null
  keyFile: string | null
  dataDirectory: string | null
}): Promise<KeyRing> {
  if (source.key !== null) return keyRing(source.key, 'COUNTERSIGN_KEY')
  if (source.keyFile !== null)
    return keyRing(await readKeyFile(source.keyFile, 'COUNTERSIGN_KEY_FILE'), source.keyFile)
  if (source.dataDirectory === null) {
    throw new OperatorError('key-needed')
  }
  const file = join(source.dataDirectory, KEY_FILE)
  const stored = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (stored !== null) return keyRing(stored, file)
  const made = randomBytes(KEY_BYTES).toString('base64')
  await createSecretFile(file, `${made}\n`)
  return keyRing(made, file)
}

function keyRing(text: string, source: string): KeyRing {
  const keys = new Map<string, Key>()
  for (const line of text.split(/\s+/).filter((part) => part !== '')) {
    const key = Buffer.from(line, 'base64')
    if (key.length !== KEY_BYTES || key.toString('base64') !== line) {
      throw new OperatorError('key-malformed', { source, bytes: KEY_BYTES })
    }
    const id = createHash('sha256').update(key).digest('hex').slice(0, 8)
    keys.set(id, {
      seal: subkey(key, 'seal'),
      replyToken: subkey(key, 'reply token'),
      text: subkey(key, 'text'),
    })
  }
  const [keyId] = keys.keys()
  if (keyId === undefined) throw new OperatorError('key-empty', { source })

  function find(id: string): Key {
    const key = keys.get(id)
    if (key) return key
    throw new OperatorError('key-unknown', { key: id, source, held: [...keys.keys()].join(', ') })
  }

  return {
    keyId,
    seal: (plaintext, context) => seal(keyId, find(keyId), plaintext, context),
    open(sealed, context) {
      if (sealed.length < CIPHERTEXT_AT + TAG_BYTES || sealed[0] !== SEAL_VERSION) {
        throw new Error(`not a sealed secret: ${context}`)
      }
      return open(find(sealed.toString('hex', 1, NONCE_AT)), sealed, context)
    },
    replyToken(nonce, id = keyId) {
      const mac = createHmac('sha256', find(id).replyToken).update(nonce).digest()
      return base32(mac.subarray(0, TOKEN_BYTES))
    },
    hashToken: (token) => createHash('sha256').update(token).digest('hex'),
    digestText: (text) => createHmac('sha256', find(keyId).text).update(text).digest('hex'),
  }
}

function subkey(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `countersign ${purpose}`, KEY_BYTES))
}

function seal(keyId: string, key: Key, plaintext: string, context: string): Buffer {
  const nonce = randomBytes(CIPHERTEXT_AT - NONCE_AT)
  const cipher = createCipheriv('aes-256-gcm', key.seal, nonce).setAAD(Buffer.from(context))
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
  const header = Buffer.concat([Buffer.from([SEAL_VERSION]), Buffer.from(keyId, 'hex')])
  return Buffer.concat([header, nonce, ciphertext, cipher.getAuthTag()])
}

function open(key: Key, sealed: Buffer, context: string): string {
  const nonce = sealed.subarray(NONCE_AT, CIPHERTEXT_AT)
  const tagAt = sealed.length - TAG_BYTES
  const decipher = createDecipheriv('aes-256-gcm', key.seal, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(tagAt))
  try {
    const plaintext = Buffer.concat([
      decipher.update(sealed.subarray(CIPHERTEXT_AT, tagAt)),
      decipher.final(),
    ])
    return plaintext.toString('utf8')
  } catch (error) {
    throw new Error(`the sealed secret was altered or belongs elsewhere: ${context}`, { cause: error })
  }
}

/** RFC 4648, section 6, in lower case. Without padding, which whole groups of 5 bytes do not need. */
function base32(bytes: Buffer): string {
  const bits = BigInt(`0x${bytes.toString('hex')}`)
  // Base 32 of JavaScript has the same groups of 5 bits under other digits (0-9, a-v).
  return bits
    .toString(32)
    .padStart((bytes.length * 8) / 5, '0')
    .replace(/./g, (digit) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(digit, 32)] ?? '')
}
