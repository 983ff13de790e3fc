import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on loopback that remembers every path it is asked for: what a hostile mail tries to reach. */
export async function serveSink() {
  const requested: string[] = []
  let page = ''
  const server = createServer((request, response) => {
    requested.push(request.url ?? '')
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(request.url === '/page' ? page : '')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requested,
    /** Serves a document under `/page`. */
    setPage(html: string) {
      page = html
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
