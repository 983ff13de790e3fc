import { readFileSync } from 'node:fs'

/** A file of `test/fixtures/certificates`, as text or in another encoding. */
export function certificateFile(name: string, encoding: 'utf8' | 'base64' = 'utf8'): string {
  return readFileSync(new URL(`../fixtures/certificates/${name}`, import.meta.url), encoding)
}

/** The certificate alone of such a file, as it is uploaded to Entra; of a chain the last one. */
export function publicCertificate(name: string): string {
  const blocks = certificateFile(name).match(/-----BEGIN CERTIFICATE[\s\S]+?END CERTIFICATE-----/g)
  const pem = blocks?.at(-1)
  if (pem === undefined) throw new Error(`${name} holds no certificate`)
  return pem
}

/** That of the fixtures which have one. */
export const certificatePassword = 'correct horse'
