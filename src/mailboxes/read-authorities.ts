import { X509Certificate } from 'node:crypto'

const block = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g

/**
 * The certificates in a PEM text, without what stands around them, as bundles have it. Null when there is none, when one
 * cannot be read, or when there is something else among them, such as a private key.
 */
export function readAuthorities(pem: string): string | null {
  const blocks = [...pem.matchAll(block)].map(([text, label]) => ({ text, label }))
  const areCertificates = blocks.every(({ text, label }) => label === 'CERTIFICATE' && isReadable(text))
  return blocks.length > 0 && areCertificates ? `${blocks.map(({ text }) => text).join('\n')}\n` : null
}

function isReadable(certificate: string): boolean {
  try {
    return new X509Certificate(certificate) !== null
  } catch {
    return false
  }
}
