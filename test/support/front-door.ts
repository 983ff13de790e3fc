/** What stands between the Internet and the product: passes calls on, or loses them. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface FrontDoor {
  /** The public URL. */
  url: string
  /** Where calls are passed on to; until then they are lost. */
  leadTo(url: string): void
  /** Loses all calls from now on, as a broken network does. */
  shut(): void
  /** Paths of the calls so far that were passed on. */
  passed: string[]
  lost: string[]
  close(): Promise<void>
}

export async function openFrontDoor(): Promise<FrontDoor> {
  let target: string | null = null
  const passed: string[] = []
  const lost: string[] = []
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    const body = await text(request)
    if (target === null) {
      lost.push(path)
      request.socket.destroy()
      return
    }
    passed.push(path)
    const headers = { 'content-type': request.headers['content-type'] ?? '' }
    const answer = await fetch(target + path, { method: request.method ?? 'GET', headers, body })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
    response.end(await answer.text())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo(url) {
      target = url
    },
    shut() {
      target = null
    },
    passed,
    lost,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
