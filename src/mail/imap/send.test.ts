import { expect, onTestFinished, test } from 'vitest'
import { reply } from '../../../test/contract/mailbox-contract.ts'
import { noTokenServer } from '../../../test/support/no-token-server.ts'
import { type SmtpScript, startSmtp, type TestSmtp } from '../../../test/support/smtp-server.ts'
import { createLog } from '../../lib/log.ts'
import type { Mailbox, Sendable } from '../mailbox.ts'
import { openImapMailbox } from './imap-mailbox.ts'
import type { Credential, ImapSettings } from './imap-settings.ts'

const user = 'approvals@contoso.example'
const to = 'nadia.belkacem@contoso.example'
const signal = new AbortController().signal

function sendable(number: number, headers: Record<string, string> = {}, body?: string): Sendable {
  const messageId = `<countersign.${number}@contoso.example>`
  const all = { From: `Approvals <${user}>`, To: to, 'Message-ID': messageId, ...headers }
  return { messageId, mime: Buffer.from(reply(number, all, body)) }
}

async function open(
  script: SmtpScript,
  {
    credential = { password: 'correct horse' },
    ...changes
  }: Partial<ImapSettings> & { credential?: Credential } = {},
): Promise<{ mailbox: Mailbox; server: TestSmtp }> {
  const server = await startSmtp(script)
  const security = script.security === 'ssl' || script.security === undefined ? 'ssl' : 'starttls'
  const settings: ImapSettings = {
    imap: { host: 'localhost', port: 1, security: 'ssl' },
    smtp: { host: 'localhost', port: server.port, security },
    user,
    address: user,
    extraCa: server.caPem,
    processedFolder: 'Processed',
    watchJunk: false,
    maxMessageBytes: 40 * 1024 * 1024,
    saveSent: false,
    proxy: null,
    userAgent: 'Countersign/1',
    ...changes,
  }
  const mailbox = openImapMailbox(settings, { credential, log: createLog('silent') })
  onTestFinished(async () => {
    await mailbox.close()
    await server[Symbol.asyncDispose]()
  })
  return { mailbox, server }
}

test.each(['ssl', 'starttls'] as const)(
  'sends our octets to the recipients of the header (%s)',
  async (security) => {
    const { mailbox, server } = await open({ security })
    const dots = sendable(
      1,
      { Cc: 'Åsa <asa@contoso.example>, b@contoso.example' },
      '.\r\n..two\r\n.three\r\nend',
    )
    expect(await mailbox.send([dots], signal)).toEqual([
      { messageId: dots.messageId, outcome: 'sent', providerId: null },
    ])
    expect(server.received).toEqual([
      {
        from: user,
        to: [to, 'asa@contoso.example', 'b@contoso.example'],
        mime: Buffer.from(dots.mime).toString(),
      },
    ])
    expect(server.presented).toEqual(['correct horse'])
  },
)

test('many mails go over three connections, one outcome each, in order', async () => {
  const { mailbox, server } = await open({
    recipient: (address) => (address.startsWith('nobody') ? '550 5.1.1 User unknown' : undefined),
  })
  const mails = Array.from({ length: 20 }, (_, number) =>
    sendable(number, number % 5 === 2 ? { To: `nobody${number}@contoso.example` } : {}),
  )
  const outcomes = await mailbox.send(mails, signal)
  expect(outcomes.map(({ messageId }) => messageId)).toEqual(mails.map(({ messageId }) => messageId))
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(
    mails.map((_, number) => (number % 5 === 2 ? 'failed' : 'sent')),
  )
  expect(new Set(server.received.map(({ mime }) => /YES (\d+)/.exec(mime)?.[1])).size).toBe(16)
  // A refused mail costs its connection.
  expect(server.connections()).toBeLessThanOrEqual(3 + 4)
})

test('a mail that some of its recipients get is sent', async () => {
  const { mailbox, server } = await open({
    recipient: (address) => (address === to ? undefined : '550 5.1.1 User unknown'),
  })
  expect(await mailbox.send([sendable(1, { Cc: 'nobody@contoso.example' })], signal)).toMatchObject([
    { outcome: 'sent' },
  ])
  expect(server.received.map((mail) => mail.to)).toEqual([[to]])
})

test('a refused token is dropped and another one tried', async () => {
  let number = 1
  const tokens = {
    ...noTokenServer,
    token: async () => `token-${number}`,
    reject: () => {
      number += 1
    },
  }
  const { mailbox, server } = await open(
    { login: (token) => (token === 'token-1' ? '535 5.7.3 Authentication unsuccessful [HOST]' : undefined) },
    { credential: { tokens } },
  )
  expect(await mailbox.send([sendable(1)], signal)).toMatchObject([{ outcome: 'sent' }])
  expect(server.presented).toEqual(['token-1', 'token-2'])
})

const refusals: [string, object][] = [
  [
    '535 5.7.3 Authentication unsuccessful [HOST]',
    { kind: 'auth', retry: 'pause-mailbox', messageKey: 'smtp.password-refused' },
  ],
  [
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
    { kind: 'blocked-by-policy', retry: 'pause-mailbox', messageKey: 'smtp.auth-disabled' },
  ],
  [
    '550 5.7.30 Basic authentication is not supported for Client Submission.',
    { kind: 'blocked-by-policy', retry: 'pause-mailbox', messageKey: 'smtp.basic-refused' },
  ],
  [
    '454 4.7.0 Temporary authentication failure',
    { kind: 'unavailable', retry: 'later', messageKey: 'smtp.later' },
  ],
  [
    '432 4.3.2 Concurrent connections limit exceeded.',
    { kind: 'throttled', retry: 'later', messageKey: 'smtp.busy' },
  ],
]

test.each(refusals)('at sign-in: %s', async (answer, error) => {
  const { mailbox, server } = await open({ login: () => answer })
  const outcomes = await mailbox.send([sendable(1), sendable(2), sendable(3), sendable(4)], signal)
  expect(outcomes).toMatchObject([1, 2, 3, 4].map(() => ({ outcome: 'failed', error })))
  expect(server.received).toEqual([])
  expect(server.connections()).toBeLessThanOrEqual(3)
})

const messageRefusals: [string, object][] = [
  ['432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded.', { kind: 'throttled', retry: 'later' }],
  ['451 4.7.1 Greylisted, try again', { kind: 'throttled', retry: 'later', messageKey: 'smtp.busy' }],
  ['452 4.2.2 Mailbox full', { kind: 'refused', retry: 'later', messageKey: 'send.mailbox-full' }],
  ['451 4.3.0 Try again', { kind: 'refused', retry: 'later', messageKey: 'smtp.not-now' }],
  [
    '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
    { kind: 'refused', retry: 'never', messageKey: 'send.send-as-denied' },
  ],
  [
    '554 5.2.252 SendAsDenied; approvals not allowed to send as boss',
    { kind: 'refused', retry: 'never', messageKey: 'send.send-as-denied' },
  ],
  [
    '554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException',
    { kind: 'refused', retry: 'later', messageKey: 'send.mailbox-full' },
  ],
  [
    '554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException',
    { kind: 'refused', retry: 'later', messageKey: 'send.limit-reached' },
  ],
  [
    '552 5.3.4 Message size exceeds fixed maximum message size',
    { kind: 'refused', retry: 'never', messageKey: 'send.too-large' },
  ],
  [
    '550 5.7.501 Access denied, spam abuse detected',
    { kind: 'refused', retry: 'pause-mailbox', messageKey: 'send.account-blocked' },
  ],
  [
    '550 5.1.8 Access denied, bad outbound sender',
    { kind: 'refused', retry: 'pause-mailbox', messageKey: 'send.account-blocked' },
  ],
  ['554 5.6.0 Corrupt message content', { kind: 'refused', retry: 'never', messageKey: 'smtp.refused' }],
]

test.each(messageRefusals)('to the message: %s', async (answer, error) => {
  const { mailbox } = await open({ message: () => answer })
  const outcomes = await mailbox.send([sendable(1)], signal)
  expect(outcomes).toMatchObject([{ outcome: 'failed', error: { ...error, mayHaveHappened: false } }])
})

test('a mail above the limit in the greeting is not even begun', async () => {
  const { mailbox } = await open({ size: 1_000 })
  expect(await mailbox.send([sendable(1, {}, 'x'.repeat(2_000)), sendable(2)], signal)).toMatchObject([
    { outcome: 'failed', error: { kind: 'refused', retry: 'never', messageKey: 'send.too-large' } },
    { outcome: 'sent' },
  ])
})

test('cut after the last octet: the mail may have gone out', async () => {
  const { mailbox, server } = await open({ message: () => null })
  expect(await mailbox.send([sendable(1)], signal)).toMatchObject([
    { outcome: 'unknown', error: { kind: 'unavailable', retry: 'later', mayHaveHappened: true } },
  ])
  expect(server.received).toHaveLength(1)
})

test('cut in the middle of a message: it has certainly not gone out', async () => {
  const { mailbox } = await open({ cutInMessage: true })
  const large = sendable(1, {}, `${'x'.repeat(998)}\r\n`.repeat(20_000))
  expect(await mailbox.send([large], signal)).toMatchObject([
    { outcome: 'failed', error: { kind: 'unavailable', retry: 'later', mayHaveHappened: false } },
  ])
})

test('given up before the message was asked for: it has not gone out', async () => {
  const giveUp = new AbortController()
  const { mailbox } = await open({
    recipient: () => {
      giveUp.abort()
      return undefined
    },
  })
  expect(await mailbox.send([sendable(1)], giveUp.signal)).toMatchObject([
    { outcome: 'failed', error: { kind: 'unavailable', mayHaveHappened: false } },
  ])
})

test('given up while the answer is awaited: nobody knows', async () => {
  const giveUp = new AbortController()
  const { mailbox } = await open({
    message: () => {
      giveUp.abort()
      return undefined
    },
  })
  expect(await mailbox.send([sendable(1)], giveUp.signal)).toMatchObject([{ outcome: 'unknown' }])
})

test('without STARTTLS no credential is sent', async () => {
  const { mailbox, server } = await open({ security: 'none' })
  expect(await mailbox.send([sendable(1)], signal)).toMatchObject([
    {
      outcome: 'failed',
      error: { kind: 'invalid', retry: 'pause-mailbox', messageKey: 'network.no-starttls' },
    },
  ])
  expect(server.presented).toEqual([])
})

test.each(['ssl', 'starttls'] as const)(
  'a certificate nobody vouches for is refused (%s)',
  async (security) => {
    const { mailbox, server } = await open({ security }, { extraCa: null })
    expect(await mailbox.send([sendable(1)], signal)).toMatchObject([
      { outcome: 'failed', error: { kind: 'unavailable', messageKey: 'network.untrusted-certificate' } },
    ])
    expect(server.presented).toEqual([])
  },
)

test('a server that is not there', async () => {
  const { mailbox } = await open({}, { smtp: { host: 'localhost', port: 1, security: 'ssl' } })
  expect(await mailbox.send([sendable(1), sendable(2)], signal)).toMatchObject([
    { outcome: 'failed', error: { kind: 'unavailable', providerCode: 'ECONNREFUSED' } },
    { outcome: 'failed', error: { kind: 'unavailable' } },
  ])
})

test('a mail that names nobody is refused by itself', async () => {
  const { mailbox } = await open({})
  expect(
    await mailbox.send([sendable(1, { To: 'undisclosed-recipients:;' }), sendable(2)], signal),
  ).toMatchObject([
    { outcome: 'failed', error: { kind: 'refused', retry: 'never', messageKey: 'send.invalid-recipients' } },
    { outcome: 'sent' },
  ])
})
