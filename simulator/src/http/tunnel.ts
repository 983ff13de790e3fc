import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** The names of Microsoft 365 that the simulator answers to, beside its own. */
export const microsoftHosts = [
  'login.microsoftonline.com',
  'graph.microsoft.com',
  'outlook.office365.com',
  'smtp.office365.com',
]

/**
 * Opens ways by CONNECT (RFC 9110, section 9.3.6) as a proxy does, and leads Microsoft's names here: a client that is told of
 * the proxy is set up as for Exchange Online itself. Anywhere else it leads nobody (403).
 * @param doors the URL here of what listens on each of Microsoft's ports
 */
export function leadHere(doors: Record<number, string>) {
  return ({ url = '' }: IncomingMessage, client: Duplex, head: Buffer): void => {
    const [, host = '', port] = /^([^:]+):(\d+)$/.exec(url) ?? []
    const door = microsoftHosts.includes(host.toLowerCase()) ? doors[Number(port)] : undefined
    client.on('error', () => client.destroy())
    if (door === undefined) {
      client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')
      return
    }
    const way = connect(Number(new URL(door).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      way.write(head)
      way.pipe(client).pipe(way)
    })
    way.on('error', () => way.destroy())
    way.once('close', () => client.destroy())
    client.once('close', () => way.destroy())
  }
}
