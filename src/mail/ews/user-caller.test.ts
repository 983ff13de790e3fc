import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { mailFailure } from '../../../test/support/mail-failure.ts'
import { startTlsServer } from '../../../test/support/tls-server.ts'
import { createHttpClient } from '../../lib/http-client.ts'
import { createLog } from '../../lib/log.ts'
import { createEwsClient } from './ews-client.ts'
import { inbox } from './ids.ts'
import { getFolder } from './operations/get-folder.ts'
import { userCaller } from './user-caller.ts'

const signal = new AbortController().signal
const password = 'pä:ß "wörd" €'

async function open(answer: { status: number; headers?: Record<string, string | string[]>; body?: string }) {
  const requests: { authorization: string | undefined; anchor: unknown; body: string }[] = []
  const server = await startTlsServer(async (request, response) => {
    const { authorization, 'x-anchormailbox': anchor } = request.headers
    requests.push({ authorization, anchor, body: await text(request) })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  const http = createHttpClient({ extraCa: server.caPem })
  onTestFinished(async () => {
    await http.close()
    await server[Symbol.asyncDispose]()
  })
  const caller = userCaller('CONTOSO\\approvals', password)
  const url = `${server.origin}/EWS/Exchange.asmx`
  const client = createEwsClient(url, 'approvals@contoso.example', { caller, http, log: createLog('silent') })
  return { call: () => client.call(getFolder(inbox), signal), requests }
}

test('a user proves by name and password in UTF-8 who he is, and acts for nobody', async () => {
  const { call, requests } = await open({ status: 404 })
  await mailFailure(call())
  const [{ authorization, anchor, body } = expect.unreachable()] = requests
  expect(Buffer.from(authorization?.replace(/^Basic /, '') ?? '', 'base64').toString()).toBe(
    `CONTOSO\\approvals:${password}`,
  )
  expect(anchor).toBeUndefined()
  expect(body).not.toContain('ExchangeImpersonation')
  // Exchange Server 2013 with its first service pack and all after it.
  expect(body).toContain('<t:RequestServerVersion Version="Exchange2013_SP1"/>')
})

test.each([
  [['Negotiate', 'NTLM'], 'exchange-server.basic-off'],
  [[], 'exchange-server.basic-off'],
  [['Negotiate', 'Basic realm="mail.contoso.example"'], 'exchange-server.password-refused'],
  [['NTLM, basic realm="x"'], 'exchange-server.password-refused'],
])('a server that asks for %j', async (challenges, messageKey) => {
  const { call, requests } = await open({ status: 401, headers: { 'www-authenticate': challenges } })
  const error = await mailFailure(call())
  expect(error).toMatchObject({ kind: 'auth', retry: 'pause-mailbox', retryAfterMs: 3_600_000, messageKey })
  expect(requests).toHaveLength(1)
  expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain(password)
})

test('a refusal of Exchange Online’s policies is none of an Exchange Server', async () => {
  const headers = { 'x-ews-policy-reason': 'EWS is disabled for this user or tenant' }
  const { call } = await open({ status: 403, headers })
  expect(await mailFailure(call())).toMatchObject({
    kind: 'blocked-by-policy',
    messageKey: 'exchange-server.forbidden',
  })
})

test('a server that is too old says so', async () => {
  const body =
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>a:ErrorInvalidServerVersion</faultcode><detail><ResponseCode>ErrorInvalidServerVersion</ResponseCode></detail></s:Fault></s:Body></s:Envelope>'
  const { call } = await open({ status: 500, headers: { 'content-type': 'text/xml; charset=utf-8' }, body })
  expect(await mailFailure(call())).toMatchObject({
    kind: 'invalid',
    retry: 'pause-mailbox',
    messageKey: 'exchange-server.too-old',
  })
})
