/**
 * The private key and the certificates that an administrator's PEM text or PFX file holds. Node opens neither PFX files nor
 * bounds the rounds of an encrypted key; node-forge does, in JavaScript, which the thread around this can be stopped in.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import forge from 'node-forge'
import type { CertificateForm } from '../settings.ts'

/** What may be wrong with it: `errors:problem.<problem>` tells it. */
export type KeyStoreProblem =
  | 'certificate-unreadable'
  | 'certificate-without-key'
  | 'certificate-missing'
  | 'certificate-password-missing'
  | 'certificate-wrong-password'

export interface KeyStore {
  /** PEM of the key as PKCS #8. */
  key: string
  /** PEM of each, in their order. */
  certificates: string[]
}

export class KeyStoreError extends Error {
  readonly problem: KeyStoreProblem
  constructor(problem: KeyStoreProblem) {
    super(problem)
    this.problem = problem
  }
}

/**
 * Opens what the form holds. Throws `KeyStoreError`. Its time is that which the key was protected to take, which may be
 * without end.
 */
export function openKeyStore({ pem, pfx, password }: CertificateForm): KeyStore {
  const { key, certificates } =
    pfx === undefined ? openPem(pem ?? '', password) : openPfx(pfx, password ?? '')
  if (key === null && certificates.length === 0) throw new KeyStoreError('certificate-unreadable')
  if (key === null) throw new KeyStoreError('certificate-without-key')
  if (certificates.length === 0) throw new KeyStoreError('certificate-missing')
  return {
    key: orUnreadable(() => createPrivateKey(key))
      .export({ type: 'pkcs8', format: 'pem' })
      .toString(),
    certificates: certificates.map((one) => orUnreadable(() => new X509Certificate(one)).toString()),
  }
}

interface Found {
  key: Parameters<typeof createPrivateKey>[0] | null
  certificates: (string | Buffer)[]
}

function openPem(text: string, password: string | undefined): Found {
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----(?:(?!-----)[\s\S])*-----END \1-----/g)]
  const key = blocks.find(([, label]) => label?.endsWith('PRIVATE KEY'))
  return {
    key: key ? openPemKey(key[0], password) : null,
    certificates: blocks.filter(([, label]) => label === 'CERTIFICATE').map(([block]) => block),
  }
}

function openPemKey(block: string, password: string | undefined): NonNullable<Found['key']> {
  const isEncrypted = block.startsWith('-----BEGIN ENCRYPTED')
  // As OpenSSL encrypted keys before PKCS #8, with one round.
  const isOlder = block.includes('Proc-Type: 4,ENCRYPTED')
  if (!isEncrypted && !isOlder) return block
  if (password === undefined) throw new KeyStoreError('certificate-password-missing')
  if (isOlder)
    return orWrongPassword(() => createPrivateKey({ key: block, passphrase: password })).export(asPkcs8)
  const [message] = forge.pem.decode(block)
  const encrypted = orUnreadable(() => forge.asn1.fromDer(message?.body ?? ''))
  const info = orWrongPassword(() => forge.pki.decryptPrivateKeyInfo(encrypted, utf8(password)))
  // Null where what comes out is no key, though its padding was right by chance; the types do not say so.
  if (!info) throw new KeyStoreError('certificate-wrong-password')
  return keyOf(info)
}

function openPfx(base64: string, password: string): Found {
  const file = orUnreadable(() => forge.asn1.fromDer(Buffer.from(base64, 'base64').toString('latin1')))
  const contents = orWrongPassword(() => openContents(file, password))
  const found: Found = { key: null, certificates: [] }
  for (const bag of contents.safeContents.flatMap(({ safeBags }) => safeBags)) {
    if (bag.cert) found.certificates.push(derOf(forge.pki.certificateToAsn1(bag.cert)))
    else if (bag.type === forge.pki.oids.certBag && bag.asn1) found.certificates.push(derOf(bag.asn1))
    else if (bag.key) found.key = keyOf(forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)))
    else if (bag.asn1) found.key = keyOf(bag.asn1)
  }
  return found
}

/**
 * PKCS #12 writes passwords in UTF-16 for its own ciphers and its MAC, and in UTF-8 for those of PBES2 (RFC 7292, appendix
 * B). node-forge gives one and the same to both: where the MAC was right and the cipher was not, it gets the other form,
 * without the MAC.
 */
function openContents(file: forge.asn1.Asn1, password: string): forge.pkcs12.Pkcs12Pfx {
  try {
    return forge.pkcs12.pkcs12FromAsn1(file, true, password)
  } catch (error) {
    const isMacRight = error instanceof Error && !error.message.includes('MAC')
    if (!isMacRight || utf8(password) === password || !Array.isArray(file.value)) throw error
    const withoutMac = { ...file, value: file.value.slice(0, 2) }
    return forge.pkcs12.pkcs12FromAsn1(withoutMac, true, utf8(password))
  }
}

const asPkcs8 = { type: 'pkcs8', format: 'pem' } as const

function keyOf(info: forge.asn1.Asn1): NonNullable<Found['key']> {
  return { key: derOf(info), format: 'der', type: 'pkcs8' }
}

/** node-forge keeps octets as the characters of a string. */
function derOf(value: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(value).getBytes(), 'latin1')
}

function utf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

/** What libraries say of hostile octets is of no use to anybody, and might hold some of a key. */
function orUnreadable<T>(open: () => T): T {
  try {
    return open()
  } catch {
    throw new KeyStoreError('certificate-unreadable')
  }
}

function orWrongPassword<T>(open: () => T): T {
  try {
    return open()
  } catch {
    throw new KeyStoreError('certificate-wrong-password')
  }
}
