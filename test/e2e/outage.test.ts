import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLock } from '../../src/store/data-directory-lock.ts'
import { type Contoso, startContoso } from '../support/contoso.ts'
import { newDataDirectory } from '../support/data-directory.ts'
import { eventually } from '../support/eventually.ts'
import { type HttpApi, httpApi } from '../support/http-api.ts'
import { runCommand, type Started, startCommand } from '../support/run-command.ts'

interface News {
  type: string
  id: unknown
}

let contoso: Contoso
let dataDirectory: string
let environment: Record<string, string>
let server: Started
let api: HttpApi
const told: News[] = []
const hook = createServer(async (request, response) => {
  const { type } = JSON.parse(await text(request))
  told.push({ type, id: request.headers['webhook-id'] })
  response.writeHead(204).end()
})

beforeAll(async () => {
  contoso = await startContoso()
  dataDirectory = await newDataDirectory('outage')
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
  environment = {
    COUNTERSIGN_DATA: dataDirectory,
    COUNTERSIGN_PORT: '0',
    COUNTERSIGN_LOG_LEVEL: 'warn',
    COUNTERSIGN_OUTAGE_WEBHOOK_URL: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`,
  }
  await start()
})
afterAll(async () => {
  await server?.stop('SIGKILL')
  await contoso?.close()
  hook.closeAllConnections()
  hook.close()
  await rm(dataDirectory, { recursive: true, force: true })
})

async function start(): Promise<void> {
  server = startCommand(['serve'], environment)
  const [, url = ''] = await server.says('stderr', /running at (http:\/\/\S+)/)
  api = httpApi({ url, token: (await readLock(dataDirectory))?.server?.token ?? '' })
}

const status = () => runCommand(['status'], environment)
test('an outage is told once, whoever dies meanwhile, and its end as well', async () => {
  expect(await status()).toMatchObject({ code: 0, stdout: 'Nothing is wrong.\n' })
  const form = contoso.mailboxForm() as { oauth: object }
  const wrong = { ...form, oauth: { ...form.oauth, clientSecret: 'not-the-secret' } }
  await api.put('/api/mailboxes/approvals', wrong)
  await eventually(async () => expect(told).toMatchObject([{ type: 'mailbox.down' }]))
  expect(await status()).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/mailbox approvals does not work\. The client secret is wrong/),
  })

  await server.stop('SIGKILL')
  await start()
  expect(await api.get('/api/mailboxes')).toMatchObject({ items: [{ state: 'paused' }] })
  await api.put('/api/mailboxes/approvals', form)
  await eventually(async () => expect(told.map(({ type }) => type)).toEqual(['mailbox.down', 'mailbox.up']))
  expect(new Set(told.map(({ id }) => id)).size).toBe(2)
  expect(await status()).toMatchObject({ code: 0 })
})
