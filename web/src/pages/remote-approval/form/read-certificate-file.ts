/** A file with a certificate and its private key, as the API takes it: PEM as it is, PFX in base64. */
export interface CertificateFile {
  name: string
  kind: 'pem' | 'pfx'
  content: string
}

/** Four certificates and their key; in base64 just what the API takes. */
export const LARGEST_FILE = 48 * 1024

export async function readCertificateFile(file: File): Promise<CertificateFile> {
  const octets = new Uint8Array(await file.arrayBuffer())
  const letters = Array.from(octets, (octet) => String.fromCharCode(octet)).join('')
  // RFC 7468; a PFX is DER, in which no such line can begin.
  return letters.includes('-----BEGIN ')
    ? { name: file.name, kind: 'pem', content: letters }
    : { name: file.name, kind: 'pfx', content: btoa(letters) }
}
