import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { accessToken, control, envelope, http, responseCodes } from './support/ews-client.ts'
import { findItem } from './support/ews-requests.ts'
import { errorOf, graphClient } from './support/graph-client.ts'

const nadia = 'nadia.belkacem@contoso.example'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  await control(simulator, 'POST', '/tenant', { exchangeServer: { domain: 'CONTOSO' } })
  await control(simulator, 'POST', `/mailboxes/${nadia}`, { password: 'pässwörd: 1' })
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const post = (authorization: string, impersonated = '') => {
  const headers = { authorization, 'content-type': 'text/xml; charset=utf-8', 'user-agent': 'Sample/1.0' }
  return http(simulator, 'POST', simulator.ewsUrl, headers, envelope(findItem({}), impersonated))
}
const basic = (user: string, password = 'pässwörd: 1') =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

it.each([nadia, nadia.toUpperCase(), 'CONTOSO\\nadia.belkacem', 'contoso\\Nadia.Belkacem'])(
  'an Exchange Server lets in the owner as %s, and says its version',
  async (user) => {
    const answer = await post(basic(user))
    expect([answer.status, responseCodes(answer.body)]).toEqual([200, ['NoError']])
    expect(answer.body).toContain('MajorVersion="15" MinorVersion="2" ')
  },
)

it.each([
  ['a wrong password', basic(nadia, 'wrong')],
  ['a foreign domain', basic('FABRIKAM\\nadia.belkacem')],
  ['no domain', basic('\\nadia.belkacem')],
  ['an account that is none', basic('CONTOSO\\nobody')],
  ['an account with an address’s end', basic('CONTOSO\\nadia.belkacem@contoso.example')],
  ['no credentials', ''],
])('asks for a password, and for nothing else, after %s', async (_, authorization) => {
  const { status, headers } = await post(authorization)
  expect([status, headers['www-authenticate']]).toEqual([401, 'Basic realm="mail.contoso.example"'])
})

it('does not know the tokens of Entra, nor the end of EWS in Exchange Online', async () => {
  expect((await post(`Bearer ${await accessToken(simulator)}`, nadia)).status).toBe(401)
  await control(simulator, 'POST', '/tenant', { ewsEnabled: false })
  expect((await post(basic(nadia))).status).toBe(200)
  await control(simulator, 'POST', `/mailboxes/${nadia}`, { ewsEnabled: false })
  const { status, headers } = await post(basic(nadia))
  expect([status, headers['x-ews-policy-reason']]).toEqual([403, undefined])
})

it('has a policy of user agents', async () => {
  const userAgentPolicy = { mode: 'EnforceBlockList', patterns: ['Sample/*'] }
  await control(simulator, 'POST', '/tenant', { userAgentPolicy })
  expect((await post(basic(nadia))).status).toBe(403)
})

it('is out of Graph’s reach', async () => {
  const answer = await (await graphClient(simulator, nadia)).get('/messages')
  expect(errorOf(answer)).toEqual([404, 'MailboxNotEnabledForRESTAPI'])
})

it('of the cloud, no account is known by its domain', async () => {
  await control(simulator, 'POST', '/tenant', { exchangeServer: null })
  expect((await post(basic('CONTOSO\\nadia.belkacem'))).status).toBe(401)
  expect((await post(basic(nadia))).body).toContain('MinorVersion="20"')
})
