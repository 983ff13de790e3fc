import { readFile } from 'node:fs/promises'

/** A certificate of `test/fixtures/tls`; all but that of `localhost` have something wrong, and are their own authority. */
export type CertificateName = 'localhost' | 'expired' | 'early' | 'another'

/** What a server on loopback shows, with the authority behind it. PEM. */
export async function readTlsCertificate(name: CertificateName = 'localhost') {
  const authority = name === 'localhost' ? 'authority' : name
  const [caPem = '', cert = '', key = ''] = await Promise.all(
    [`${authority}.pem`, `${name}.pem`, `${name}.key.pem`].map((file) =>
      readFile(new URL(`../fixtures/tls/${file}`, import.meta.url), 'utf8'),
    ),
  )
  return { caPem, cert, key }
}
