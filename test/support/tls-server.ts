import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type CertificateName, readTlsCertificate } from './tls-certificate.ts'

export interface TlsServer extends AsyncDisposable {
  /** `https://localhost:<port>` */
  origin: string
  /** The authority behind its certificate, in PEM. Nobody trusts it who was not handed it. */
  caPem: string
}

/** A real HTTPS server on loopback. */
export async function startTlsServer(handler: RequestListener, name?: CertificateName): Promise<TlsServer> {
  const { caPem, cert, key } = await readTlsCertificate(name)
  const server = createServer({ cert, key }, handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    caPem,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
