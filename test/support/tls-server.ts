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

/** A real HTTPS server on loopback. */
export async function startTlsServer(handler: RequestListener): Promise<TlsServer> {
  const [caPem, cert, key] = await Promise.all(
    ['authority.pem', 'localhost.pem', 'localhost.key.pem'].map((name) =>
      readFile(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8'),
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
