/** A real HTTP proxy that opens ways by CONNECT (RFC 9110 9.3.6), and remembers whereto. */
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface ConnectProxy {
  /** `http://127.0.0.1:<port>` */
  url: string
  /** `host:port` of each CONNECT, in order. */
  asked: string[]
  /** What came as Proxy-Authorization, in order. */
  signedIn: (string | undefined)[]
}

/**
 * Starts the proxy, and ends it with the test. Whatever name is asked for, the way leads to this machine, so that a test
 * can give a server of its own any name. With a `refusal` it opens none and answers that status.
 */
export async function startConnectProxy({ refusal }: { refusal?: number } = {}): Promise<ConnectProxy> {
  const asked: string[] = []
  const signedIn: (string | undefined)[] = []
  const sockets = new Set<Socket>()
  const server = createServer((_, response) => response.writeHead(400).end())
  server.on('connect', ({ url = '', headers }, client: Socket, head) => {
    asked.push(url)
    signedIn.push(headers['proxy-authorization'])
    if (refusal !== undefined) {
      client.end(
        `HTTP/1.1 ${refusal} No\r\nProxy-Authenticate: Basic realm="proxy"\r\nContent-Length: 0\r\n\r\n`,
      )
      return
    }
    const way = connect(Number(url.replace(/^.*:/, '')), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      way.write(head)
      way.pipe(client).pipe(way)
    })
    way.on('error', () => client.destroy())
    client.on('error', () => way.destroy())
  })
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, signedIn }
}
