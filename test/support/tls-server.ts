import { readFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface TlsServer extends AsyncDisposable {
  /** `https://localhost:<port>` */
  origin: string
  /** The authority behind its certificate, in PEM. Nobody trusts it who was not handed it. */
  caPem: string
}

/** A certificate of `test/fixtures/tls`; all but that of `localhost` have something wrong, and are their own authority. */
export type CertificateName = 'localhost' | 'expired' | 'early' | 'another'

/** A real HTTPS server on loopback. */
export async function startTlsServer(
  handler: RequestListener,
  name: CertificateName = 'localhost',
): Promise<TlsServer> {
  const authority = name === 'localhost' ? 'authority' : name
  const [caPem, cert, key] = await Promise.all(
    [`${authority}.pem`, `${name}.pem`, `${name}.key.pem`].map((file) =>
      readFile(new URL(`../fixtures/tls/${file}`, import.meta.url), 'utf8'),
    ),
  )
  const server = createServer({ cert, key }, handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    caPem: caPem ?? '',
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
