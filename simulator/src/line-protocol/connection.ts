import { once } from 'node:events'
import type { Socket } from 'node:net'
import { type SecureContext, TLSSocket } from 'node:tls'
import { type ByteSource, createByteSource } from './byte-source.ts'

/** A client's connection of IMAP or SMTP, which may be put under TLS midway. */
export interface Connection extends ByteSource {
  isSecure(): boolean
  /** Resolves when the octets have been handed over, or the peer has gone. */
  write(octets: string | Buffer): Promise<void>
  /** Puts the connection under TLS, as STARTTLS does; what the client has sent too early is dropped (RFC 3207, section 4.2). */
  startTls(): Promise<void>
  /** Ends the connection when what was written is out. */
  end(): void
  /** Ends it at once. */
  cut(): void
}

export function createConnection(accepted: Socket, secureContext: SecureContext): Connection {
  let socket = accepted
  let source = createByteSource(accepted)
  ignoreErrors(accepted)
  return {
    readLine: (limit) => source.readLine(limit),
    readOctets: (count) => source.readOctets(count),
    isSecure: () => socket instanceof TLSSocket,
    write: (octets) =>
      new Promise((resolve) => {
        if (socket.writable) socket.write(octets, () => resolve())
        else resolve()
      }),
    async startTls() {
      const secure = new TLSSocket(socket, { isServer: true, secureContext })
      ignoreErrors(secure)
      const failed = new AbortController()
      secure.once('close', () => failed.abort())
      await once(secure, 'secure', { signal: failed.signal }).catch(() => {})
      socket = secure
      source = createByteSource(secure)
    },
    end: () => socket.destroySoon(),
    cut: () => void socket.destroy(),
  }
}

/** A connection that breaks is one that has ended: whoever reads from it is told so. */
function ignoreErrors(socket: Socket): void {
  socket.on('error', () => {})
}
