/** What goes wrong on the way into a mailbox, and what is said about it. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { areOurs, reply } from '../../../test/contract/mailbox-contract.ts'
import { noDovecot, startDovecot, type TestDovecot } from '../../../test/support/dovecot.ts'
import { collect, newPerson, signal } from '../../../test/support/imap-mailboxes.ts'
import { mailFailure } from '../../../test/support/mail-failure.ts'
import { noTokenServer } from '../../../test/support/no-token-server.ts'
import { type Script, startScriptedImap } from '../../../test/support/scripted-imap.ts'
import { createLog } from '../../lib/log.ts'
import type { Mailbox } from '../mailbox.ts'
import { openImapMailbox } from './imap-mailbox.ts'
import type { Credential, ImapSettings } from './imap-settings.ts'

const user = 'approvals@contoso.example'
const password: Credential = { password: 'correct horse' }

/** Tokens that are numbered, and which of them were refused. */
function numberedTokens() {
  let number = 1
  const rejected: string[] = []
  const tokens = {
    ...noTokenServer,
    token: async () => `token-${number}`,
    reject(token: string) {
      rejected.push(token)
      number += 1
    },
  }
  return { credential: { tokens }, rejected }
}

async function openScripted(
  script: Script,
  credential: Credential,
  changes: Partial<ImapSettings['imap']> = {},
): Promise<{ mailbox: Mailbox; commands: string[] }> {
  const server = await startScriptedImap(script)
  const settings: ImapSettings = {
    imap: { host: 'localhost', port: server.port, security: 'ssl', ...changes },
    smtp: { host: 'localhost', port: 1, security: 'ssl' },
    user,
    address: user,
    extraCa: server.caPem,
    processedFolder: 'Processed',
    watchJunk: false,
    maxMessageBytes: 40 * 1024 * 1024,
    saveSent: false,
    proxy: null,
    userAgent: 'Countersign/1',
  }
  const mailbox = openImapMailbox(settings, { credential, log: createLog('silent') })
  onTestFinished(async () => {
    await mailbox.close()
    await server[Symbol.asyncDispose]()
  })
  return { mailbox, commands: server.commands }
}

const passwords = 'IMAP4rev1 AUTH=PLAIN AUTH=LOGIN UIDPLUS MOVE'

const refusals: [string, Script, Credential, object][] = [
  [
    'a good token and a mailbox that stays shut',
    { answers: [[/^NAMESPACE/, ['TAG BAD User is authenticated but not connected.']]] },
    numberedTokens().credential,
    { kind: 'consent', retry: 'pause-mailbox', messageKey: 'imap.not-connected' },
  ],
  [
    'the same, said only when a folder is opened',
    { answers: [[/^EXAMINE/, ['TAG BAD User is authenticated but not connected.']]] },
    numberedTokens().credential,
    { kind: 'consent', retry: 'pause-mailbox', messageKey: 'imap.not-connected' },
  ],
  [
    'a refused password',
    {
      capabilities: passwords,
      answers: [[/^AUTHENTICATE PLAIN/, ['TAG NO [AUTHENTICATIONFAILED] Authentication failed.']]],
    },
    password,
    {
      kind: 'auth',
      retry: 'pause-mailbox',
      messageKey: 'imap.password-refused',
      providerCode: 'AUTHENTICATIONFAILED',
    },
  ],
  [
    'a sign-in that does not work at the moment',
    {
      capabilities: passwords,
      answers: [[/^AUTHENTICATE PLAIN/, ['TAG NO [UNAVAILABLE] Temporary authentication failure.']]],
    },
    password,
    { kind: 'unavailable', retry: 'later', messageKey: 'imap.unavailable' },
  ],
  [
    'a server that takes no passwords',
    { capabilities: 'IMAP4 IMAP4rev1 AUTH=XOAUTH2 LOGINDISABLED SASL-IR' },
    password,
    { kind: 'blocked-by-policy', retry: 'pause-mailbox', messageKey: 'imap.login-disabled' },
  ],
  [
    'a server that takes no tokens',
    { capabilities: passwords },
    numberedTokens().credential,
    { kind: 'invalid', retry: 'pause-mailbox', messageKey: 'imap.no-oauth' },
  ],
  [
    'too many connections, said in the greeting',
    { greeting: '* BYE Too many connections for this user.' },
    password,
    { kind: 'throttled', retry: 'later', messageKey: 'imap.too-many-connections' },
  ],
  [
    'a server that is about to stop',
    { answers: [[/^EXAMINE/, ['* BYE Server shutting down.']]] },
    numberedTokens().credential,
    { kind: 'unavailable', retry: 'later', messageKey: 'imap.unavailable' },
  ],
  [
    'a connection that is cut',
    { answers: [[/^EXAMINE/, ['CUT']]] },
    numberedTokens().credential,
    { kind: 'unavailable', retry: 'later', messageKey: 'network.no-answer' },
  ],
  [
    'a server that asks for less',
    {
      answers: [[/^EXAMINE/, ['TAG BAD Request is throttled. Suggested Backoff Time: 20 milliseconds']]],
    },
    numberedTokens().credential,
    { kind: 'throttled', retry: 'later', retryAfterMs: 1_000 },
  ],
  [
    'a full mailbox',
    { answers: [[/^EXAMINE/, ['TAG NO [OVERQUOTA] Quota exceeded']]] },
    numberedTokens().credential,
    { kind: 'refused', retry: 'later', messageKey: 'send.mailbox-full' },
  ],
]

test.each(refusals)('%s', async (_, script, credential, error) => {
  const { mailbox } = await openScripted(script, credential)
  expect(await mailFailure(collect(mailbox))).toMatchObject(error)
})

test('a refused token is dropped and another one tried, once', async () => {
  const refuse: Script = { answers: [[/^AUTHENTICATE XOAUTH2/, ['TAG NO AUTHENTICATE failed.']]] }
  const { credential, rejected } = numberedTokens()
  const { mailbox, commands } = await openScripted(refuse, credential)
  expect(await mailFailure(collect(mailbox))).toMatchObject({
    kind: 'auth',
    retry: 'pause-mailbox',
    messageKey: 'imap.token-refused',
  })
  expect(rejected).toEqual(['token-1'])
  const presented = commands.flatMap((command) => /^AUTHENTICATE XOAUTH2 (\S+)$/.exec(command)?.[1] ?? [])
  expect(presented.map((value) => Buffer.from(value, 'base64').toString())).toEqual([
    `user=${user}\x01auth=Bearer token-1\x01\x01`,
    `user=${user}\x01auth=Bearer token-2\x01\x01`,
  ])
})

test('without STARTTLS no credential is sent', async () => {
  const script = { tls: false, capabilities: passwords }
  const { mailbox, commands } = await openScripted(script, password, { security: 'starttls' })
  expect(await mailFailure(collect(mailbox))).toMatchObject({
    kind: 'invalid',
    retry: 'pause-mailbox',
    messageKey: 'network.no-starttls',
  })
  expect(commands).toEqual(['CAPABILITY'])
})

/** INBOX with three replies, whose heads are given. */
const folder = ['* 3 EXISTS', '* OK [UIDVALIDITY 14] ok', '* OK [UIDNEXT 4] next', 'TAG OK done']
const done = 'TAG OK FETCH completed.'
const content = (uid: number) => `* ${uid} FETCH (UID ${uid} BODY[]<0> {7}\r\nYES ${uid}\r\n)`
const three: [RegExp, string[]][] = [
  [/^EXAMINE/, folder],
  [/^UID SEARCH/, ['* SEARCH 1 2 3', 'TAG OK SEARCH completed.']],
  [/^UID FETCH \S+ .*HEADER/, [head(1), head(2), head(3), done]],
]

function head(uid: number): string {
  const header = `Subject: RE [#42-${uid}-k3v7]\r\n\r\n`
  return `* ${uid} FETCH (UID ${uid} RFC822.SIZE 90 INTERNALDATE "24-Nov-2026 09:20:00 +0000" BODY[HEADER.FIELDS (SUBJECT)] {${header.length}}\r\n${header})`
}

test('an outage in the middle of a batch loses nothing and gives nothing twice', async () => {
  const { mailbox, commands } = await openScripted(
    {
      answers: [
        ...three,
        [/^UID FETCH 1,2,3 /, [content(1), content(2), 'CUT']],
        [/^UID FETCH 3 /, [content(3), done]],
      ],
    },
    numberedTokens().credential,
  )
  const { messages, failed, calls } = await collect(mailbox)
  expect(messages.map(({ providerId }) => providerId)).toEqual(['INBOX:14:1', 'INBOX:14:2', 'INBOX:14:3'])
  expect({ failed, calls }).toEqual({ failed: [], calls: 2 })
  expect(commands.filter((command) => command.startsWith('AUTHENTICATE'))).toHaveLength(2)
})

test('fetch says nothing of what it did not come to when the connection is cut', async () => {
  const { mailbox } = await openScripted(
    {
      answers: [
        ...three.slice(0, 2),
        [/^UID FETCH \S+ .*HEADER/, [head(1), head(2), done]],
        [/^UID FETCH 1,2 /, [content(1), 'CUT']],
      ],
    },
    numberedTokens().credential,
  )
  const providerIds = ['INBOX:14:1', 'INBOX:14:2']
  const asked = mailbox.fetch({ providerIds, areOurs, signal })
  expect(await mailFailure(asked)).toMatchObject({ kind: 'unavailable' })
})

test('news of another client in the middle of an answer are no answer', async () => {
  const news = [1, 2, 3].map((uid) => `* ${uid} FETCH (UID ${uid} FLAGS (\\Seen))`)
  const { mailbox } = await openScripted(
    {
      answers: [
        ...three.slice(0, 2),
        [/^UID FETCH \S+ .*HEADER/, [...news, head(1), head(2), head(3), done]],
        [/^UID FETCH 1,2,3 /, [...news, content(1), content(2), content(3), ...news, done]],
      ],
    },
    numberedTokens().credential,
  )
  const { messages } = await collect(mailbox)
  expect(messages.map(({ raw }) => Buffer.from(raw).toString())).toEqual([
    'YES 1\r\n',
    'YES 2\r\n',
    'YES 3\r\n',
  ])
})

test('a message that is larger than the server estimated is not taken', async () => {
  const octets = 40 * 1024 * 1024 + 1
  const { mailbox, commands } = await openScripted(
    {
      answers: [
        ...three,
        [
          /^UID FETCH 1,2,3 /,
          [content(1), `* 2 FETCH (UID 2 BODY[]<0> {${octets}}\r\n${'x'.repeat(octets)})`, done],
        ],
      ],
    },
    numberedTokens().credential,
  )
  const { messages, failed } = await collect(mailbox)
  expect(messages).toHaveLength(1)
  expect(failed).toMatchObject([
    { providerId: 'INBOX:14:2', error: { retry: 'never', messageKey: 'receive.too-large' } },
  ])
  expect(commands.filter((command) => command.includes(`BODY.PEEK[]<0.${octets}>`))).toHaveLength(1)
})

test('what came before a refusal is taken, and not asked for again', async () => {
  const refused = 'TAG NO Server busy.'
  const { mailbox, commands } = await openScripted(
    {
      answers: [
        ...three,
        [/^UID FETCH 1,2,3 /, [content(1), refused]],
        [/^UID FETCH 2 /, [content(2), refused]],
        [/^UID FETCH 3 /, [content(3), done]],
      ],
    },
    numberedTokens().credential,
  )
  const { messages, failed } = await collect(mailbox)
  expect({ count: messages.length, failed }).toEqual({ count: 3, failed: [] })
  expect(
    commands.filter((command) => /^UID FETCH 1\b/.test(command) && !command.includes('HEADER')),
  ).toHaveLength(1)
})

test('a folder that another worker created a moment ago is no failure, whatever the server calls it', async () => {
  let listed = 0
  const inbox = '* LIST (\\HasNoChildren) "/" INBOX'
  const processed = '* LIST (\\HasNoChildren) "/" INBOX/Processed'
  const { mailbox } = await openScripted(
    {
      answers: [
        [/^LIST /, () => [inbox, ...(++listed > 2 ? [processed] : []), 'TAG OK LIST completed.']],
        [/^CREATE /, ['TAG NO Mailbox already exists.']],
        [/^UID MOVE /, ['* OK [COPYUID 15 1 9]', 'TAG OK MOVE completed.']],
      ],
    },
    numberedTokens().credential,
  )
  expect(await mailbox.settle(['INBOX:14:1'], 'move', signal)).toEqual([
    { providerId: 'INBOX:14:1', newProviderId: 'INBOX/Processed:15:9', error: null },
  ])
})

test('a mailbox that was shut is tried over another connection', async () => {
  const { mailbox, commands } = await openScripted(
    { answers: [[/^EXAMINE/, ['TAG BAD User is authenticated but not connected.']]] },
    numberedTokens().credential,
  )
  await mailFailure(collect(mailbox))
  await mailFailure(collect(mailbox))
  expect(commands.filter((command) => command.startsWith('AUTHENTICATE'))).toHaveLength(2)
})

test('a message that the server will not give is named, and holds up nothing', async () => {
  const { mailbox } = await openScripted(
    {
      answers: [
        ...three,
        [/^UID FETCH (1,)?2[ ,]/, ['TAG NO The requested item could not be found.']],
        [/^UID FETCH 1 /, [content(1), done]],
        [/^UID FETCH 3 /, [content(3), done]],
        [/^UID FETCH 1,3 /, [content(1), content(3), done]],
      ],
    },
    numberedTokens().credential,
  )
  const { messages, failed, more } = await collect(mailbox)
  expect(messages.map(({ providerId }) => providerId)).toEqual(['INBOX:14:1', 'INBOX:14:3'])
  expect(failed).toMatchObject([
    { providerId: 'INBOX:14:2', error: { kind: 'refused', retry: 'later', messageKey: 'imap.refused' } },
  ])
  expect(more).toBe(false)
})

test.each(['mail.contoso.example/imap', 'imaps://mail.contoso.example', 'mail.contoso.example:993', ''])(
  '%j is no host',
  (host) => {
    const server = { host, port: 993, security: 'ssl' as const }
    const settings = {
      imap: server,
      smtp: server,
      user,
      address: user,
      extraCa: null,
      processedFolder: 'Processed',
      watchJunk: false,
      maxMessageBytes: 40 * 1024 * 1024,
      saveSent: false,
      proxy: null,
      userAgent: 'Countersign/1',
    }
    expect(() => openImapMailbox(settings, { credential: password, log: createLog('silent') })).toThrow(
      expect.objectContaining({ kind: 'invalid', messageKey: 'mailbox.wrong-host' }),
    )
  },
)

describe.skipIf(noDovecot)('on Dovecot', () => {
  let dovecot: TestDovecot
  beforeAll(async () => {
    dovecot = await startDovecot({ configuration: 'mail_max_userip_connections = 2' })
  })
  afterAll(() => dovecot?.stop())

  test('STARTTLS leads to the same mailbox', async () => {
    const person = await newPerson(dovecot)
    await person.deliver(reply(1))
    const imap = { host: 'localhost', port: dovecot.port.starttls, security: 'starttls' as const }
    expect((await collect(person.open({ imap }))).messages).toHaveLength(1)
  })

  test.each(['ssl', 'starttls'] as const)(
    'a certificate nobody vouches for is refused (%s)',
    async (security) => {
      const person = await newPerson(dovecot)
      const imap = { host: 'localhost', port: dovecot.port[security], security }
      expect(await mailFailure(collect(person.open({ imap, extraCa: null })))).toMatchObject({
        kind: 'unavailable',
        messageKey: 'network.untrusted-certificate',
      })
    },
  )

  test('a wrong password', async () => {
    const person = await newPerson(dovecot)
    const mailbox = person.open({}, { credential: { password: 'wrong' } })
    const failure = await mailFailure(collect(mailbox))
    expect(failure).toMatchObject({ kind: 'auth', messageKey: 'imap.password-refused' })
    expect(JSON.stringify([failure.message, failure.messageValues])).not.toContain('wrong')
  })

  test('too many connections', async () => {
    const person = await newPerson(dovecot)
    await collect(person.open())
    expect(await mailFailure(collect(person.open()))).toMatchObject({
      kind: 'throttled',
      messageKey: 'imap.too-many-connections',
    })
  })

  test('calls at the same time take turns on one connection', async () => {
    const person = await newPerson(dovecot)
    await person.deliver(reply(1))
    const mailbox = person.open()
    const [first, second] = await Promise.all([collect(mailbox), collect(mailbox)])
    expect([first, second].map(({ messages }) => messages.length)).toEqual([1, 1])
    expect(
      await mailbox.fetch({
        providerIds: first.messages.map(({ providerId }) => providerId),
        areOurs,
        signal,
      }),
    ).toMatchObject({ messages: [{}], failed: [] })
  })
})
