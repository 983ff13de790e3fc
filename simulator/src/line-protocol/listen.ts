import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createSecureContext, createServer as createTlsServer } from 'node:tls'
import type { ServerCertificate } from '../tls/create-server-certificate.ts'
import { type Connection, createConnection } from './connection.ts'

/** A server of IMAP or SMTP on loopback. */
export interface LineServer {
  port: number
  /** Ends every connection. */
  close(): Promise<void>
}

/**
 * Listens on loopback, under TLS from the first octet or plain, and hands each connection to `serve`. A connection that
 * breaks something here ends with a word on standard error, and the others go on.
 * @param port 0 takes a free one
 */
export async function listen(
  options: { port: number; isSecure: boolean; certificate: ServerCertificate },
  serve: (connection: Connection) => Promise<void>,
): Promise<LineServer> {
  const { certificatePem: cert, keyPem: key } = options.certificate
  const secureContext = createSecureContext({ cert, key })
  const sockets = new Set<Socket>()
  const accept = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.setNoDelay(true)
    const connection = createConnection(socket, secureContext)
    serve(connection)
      .catch((error: unknown) => process.stderr.write(`${error instanceof Error ? error.stack : error}\n`))
      .finally(connection.end)
  }
  const server: Server = options.isSecure ? createTlsServer({ cert, key }, accept) : createServer(accept)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
