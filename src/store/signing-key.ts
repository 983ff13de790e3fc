import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperatorError } from '../lib/operator-error.ts'
import { createSecretFile } from './create-secret-file.ts'
import { readKeyFile } from './read-key-file.ts'

/** The Ed25519 key (RFC 8032) that signs audit checkpoints. It stands outside the database that they vouch for. */
export interface SigningKey {
  /** First 8 hex digits of the SHA-256 of the public key. */
  readonly keyId: string
  /** SPKI, PEM: what an auditor checks signatures with. */
  readonly publicKeyPem: string
  /** Base64. */
  sign(text: string): string
  verify(text: string, signature: string): boolean
}

const KEY_FILE = 'signing.key'

/**
 * The key in `file`; without one, `signing.key` in the data directory, which is made at the first start. Null with
 * PostgreSQL (`dataDirectory` null) and no file: no checkpoints then. Throws `OperatorError` when the file holds no
 * Ed25519 private key.
 */
export async function openSigningKey(source: {
  file: string | null
  dataDirectory: string | null
}): Promise<SigningKey | null> {
  if (source.file !== null)
    return signingKey(await readKeyFile(source.file, 'COUNTERSIGN_SIGNING_KEY_FILE'), source.file)
  if (source.dataDirectory === null) return null
  const file = join(source.dataDirectory, KEY_FILE)
  const stored = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (stored !== null) return signingKey(stored, file)
  const { privateKey } = generateKeyPairSync('ed25519')
  const made = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  await createSecretFile(file, made)
  return signingKey(made, file)
}

function signingKey(pem: string, file: string): SigningKey {
  const privateKey = parse(pem)
  if (privateKey?.asymmetricKeyType !== 'ed25519') {
    throw new OperatorError('signing-key-malformed', { file })
  }
  const publicKey = createPublicKey(privateKey)
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  return {
    keyId: createHash('sha256').update(spki).digest('hex').slice(0, 8),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
    verify: (text, signature) => verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64')),
  }
}

function parse(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem)
  } catch {
    return null
  }
}
