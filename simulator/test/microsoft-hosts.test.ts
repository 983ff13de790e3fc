import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

async function askFor(path: string): Promise<[IncomingMessage, Socket]> {
  const asking = request(simulator.http, { method: 'CONNECT', path }).end()
  return (await once(asking, 'connect')) as [IncomingMessage, Socket]
}

test.each([
  ['outlook.office365.com', 993, /^\* OK The Microsoft Exchange IMAP4 service is ready/, ''],
  ['login.microsoftonline.com', 443, /^HTTP\/1\.1 405 /, 'GET /common/oauth2/v2.0/token HTTP/1.0\r\n\r\n'],
])('leads %s on port %d here, where the certificate has that name', async (host, port, said, words) => {
  const [{ statusCode }, way] = await askFor(`${host}:${port}`)
  expect(statusCode).toBe(200)
  const secure = connect({ socket: way, servername: host, ca: simulator.caPem })
  secure.write(words)
  const [first] = (await once(secure, 'data')) as [Buffer]
  expect(first.toString()).toMatch(said)
  secure.destroy()
})

test.each(['example.com:443', 'outlook.office365.com:25', 'graph.microsoft.com', '[::1]:993'])(
  'leads nobody to %s',
  async (path) => {
    const [{ statusCode }, way] = await askFor(path)
    expect(statusCode).toBe(403)
    way.destroy()
  },
)
