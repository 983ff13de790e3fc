/** Access tokens on a real IMAP server, which asks whoever gave them out. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reply } from '../../../test/contract/mailbox-contract.ts'
import { noDovecot, startDovecot, type TestDovecot } from '../../../test/support/dovecot.ts'
import { collect, newPerson } from '../../../test/support/imap-mailboxes.ts'
import { mailFailure } from '../../../test/support/mail-failure.ts'
import { noTokenServer } from '../../../test/support/no-token-server.ts'

describe.skipIf(noDovecot)('access tokens on Dovecot', () => {
  /** Whose each token is; any other is no token. */
  const owners = new Map<string, string>()
  const issuer = createServer((request, response) => {
    const token = new URL(request.url ?? '', 'http://localhost').searchParams.get('access_token') ?? ''
    const email = owners.get(token)
    response.writeHead(email === undefined ? 401 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(email === undefined ? {} : { email }))
  })
  let dovecot: TestDovecot
  beforeAll(async () => {
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve))
    const { port } = issuer.address() as AddressInfo
    dovecot = await startDovecot({
      configuration: `auth_mechanisms = plain login xoauth2 oauthbearer
passdb oauth2 {
  mechanisms_filter = xoauth2 oauthbearer
}
oauth2 {
  introspection_mode = get
  introspection_url = http://127.0.0.1:${port}/?access_token=
  username_attribute = email
}`,
    })
  })
  afterAll(async () => {
    await dovecot?.stop()
    issuer.close()
  })

  test('a token opens the mailbox; a stale one is replaced by the next', async () => {
    const person = await newPerson(dovecot)
    await person.deliver(reply(1))
    owners.set('fresh', person.user)
    let current = 'stale'
    const tokens = {
      ...noTokenServer,
      token: async () => current,
      reject: () => {
        current = 'fresh'
      },
    }
    expect((await collect(person.open({}, { credential: { tokens } }))).messages).toHaveLength(1)
    expect(current).toBe('fresh')
  })

  test("a token of another mailbox's opens nothing", async () => {
    const person = await newPerson(dovecot)
    owners.set('another', 'somebody.else@contoso.example')
    const tokens = { ...noTokenServer, token: async () => 'another', reject() {} }
    const failure = await mailFailure(collect(person.open({}, { credential: { tokens } })))
    expect(failure).toMatchObject({ kind: 'auth', retry: 'pause-mailbox', messageKey: 'imap.token-refused' })
    expect(JSON.stringify([failure.message, failure.messageValues])).not.toContain('another')
  })
})
