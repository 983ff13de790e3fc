import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createWebmail, type WebmailBackend } from '../../src/webmail/index.ts'

/** The day the tests live in. */
const today = new Date('2026-11-24T15:00:00Z')

/** The webmail on a loopback port. What it leaves alone answers 418, so that a test can tell. */
export async function serveWebmail(backend: WebmailBackend) {
  const webmail = createWebmail(backend, () => today)
  const server = createServer(async (request, response) => {
    if (!(await webmail(request, response))) response.writeHead(418).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
