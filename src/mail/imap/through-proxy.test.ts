import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { reply } from '../../../test/contract/mailbox-contract.ts'
import { startConnectProxy } from '../../../test/support/connect-proxy.ts'
import { noDovecot, startDovecot, type TestDovecot } from '../../../test/support/dovecot.ts'
import { collect, newPerson, signal } from '../../../test/support/imap-mailboxes.ts'
import { mailFailure } from '../../../test/support/mail-failure.ts'
import { startSmtp } from '../../../test/support/smtp-server.ts'

const host = 'mail.contoso.example'

describe.skipIf(noDovecot)('through a proxy', () => {
  let dovecot: TestDovecot
  beforeAll(async () => {
    dovecot = await startDovecot()
  })
  afterAll(() => dovecot?.stop())

  test.each(['ssl', 'starttls'] as const)(
    'mail is read and sent, under the server’s own TLS (%s)',
    async (security) => {
      const proxy = await startConnectProxy()
      const smtp = await startSmtp({ security })
      onTestFinished(() => smtp[Symbol.asyncDispose]())
      const person = await newPerson(dovecot)
      await person.deliver(reply(1))
      const mailbox = person.open({
        imap: { host, port: dovecot.port[security], security },
        smtp: { host, port: smtp.port, security },
        proxy: { url: proxy.url, exceptions: '' },
      })
      expect((await collect(mailbox)).messages).toHaveLength(1)
      const messageId = '<m1@contoso.example>'
      const mime = Buffer.from(reply(1, { From: person.user, 'Message-ID': messageId }))
      expect(await mailbox.send([{ messageId, mime }], signal)).toMatchObject([{ outcome: 'sent' }])
      expect(smtp.received[0]?.mime).toBe(mime.toString())
      expect(new Set(proxy.asked)).toEqual(
        new Set([`${host}:${dovecot.port[security]}`, `${host}:${smtp.port}`]),
      )
    },
  )

  test('a certificate of an unknown authority, or of another server, is refused behind it', async () => {
    const proxy = { url: (await startConnectProxy()).url, exceptions: '' }
    const person = await newPerson(dovecot)
    const imap = { host, port: dovecot.port.ssl, security: 'ssl' } as const
    for (const changes of [
      { imap, extraCa: null },
      { imap: { ...imap, security: 'starttls', port: dovecot.port.starttls }, extraCa: null },
      { imap: { ...imap, host: 'other.contoso.example' } },
    ] as const) {
      const error = await mailFailure(collect(person.open({ ...changes, proxy })))
      expect(error.kind).toBe('unavailable')
      expect(error.messageKey).toMatch(/certificate/)
    }
  })

  test.each([
    ['that wants to be signed in to', 407, 'network.proxy-sign-in'],
    ['that allows that port to nobody', 403, 'network.proxy-refused'],
  ])('a proxy %s is told from the server', async (_, refusal, messageKey) => {
    const proxy = { url: (await startConnectProxy({ refusal })).url, exceptions: '' }
    const person = await newPerson(dovecot)
    const mailbox = person.open({
      imap: { host, port: 993, security: 'ssl' },
      smtp: { host, port: 587, security: 'starttls' },
      proxy,
    })
    expect(await mailFailure(collect(mailbox))).toMatchObject({ kind: 'unavailable', messageKey })
    const mail = { messageId: '<m1@contoso.example>', mime: Buffer.from(reply(1, { From: person.user })) }
    expect(await mailbox.send([mail], signal)).toMatchObject([
      { outcome: 'failed', error: { kind: 'unavailable', messageKey, mayHaveHappened: false } },
    ])
  })

  test('a server on this machine is called past it', async () => {
    const proxy = await startConnectProxy()
    const person = await newPerson(dovecot)
    await person.deliver(reply(1))
    const mailbox = person.open({ proxy: { url: proxy.url, exceptions: '' } })
    expect((await collect(mailbox)).messages).toHaveLength(1)
    expect(proxy.asked).toEqual([])
  })
})
