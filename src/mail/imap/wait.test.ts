import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { reply } from '../../../test/contract/mailbox-contract.ts'
import { noDovecot, startDovecot, type TestDovecot } from '../../../test/support/dovecot.ts'
import { newPerson, signal } from '../../../test/support/imap-mailboxes.ts'
import { mailFailure } from '../../../test/support/mail-failure.ts'
import { startScriptedImap } from '../../../test/support/scripted-imap.ts'
import { createLog } from '../../lib/log.ts'
import { openImapMailbox } from './imap-mailbox.ts'

describe.skipIf(noDovecot)('waiting on Dovecot', () => {
  let dovecot: TestDovecot
  beforeAll(async () => {
    dovecot = await startDovecot()
  })
  afterAll(() => dovecot?.stop())

  test('returns when listening begins, then at new mail, also between two waits', async () => {
    const person = await newPerson(dovecot)
    const mailbox = person.open()
    await mailbox.wait(signal)

    const second = mailbox.wait(signal)
    await person.deliver(reply(1))
    await second

    await person.deliver(reply(2))
    await mailbox.wait(signal)
    expect((await dovecot.commands(person.user)).filter((command) => command === 'IDLE')).toHaveLength(1)
  })

  test('returns at once when given up', async () => {
    const person = await newPerson(dovecot)
    const mailbox = person.open()
    await mailbox.wait(signal)
    const giveUp = new AbortController()
    const waiting = mailbox.wait(giveUp.signal)
    giveUp.abort()
    await waiting
    await mailbox.wait(AbortSignal.abort())
  })

  test('closing ends the wait', async () => {
    const person = await newPerson(dovecot)
    const mailbox = person.open()
    await mailbox.wait(signal)
    const waiting = mailbox.wait(signal)
    await mailbox.close()
    await waiting
  })

  test('a server that ends the connection is listened to again', async () => {
    const mortal = await startDovecot()
    const person = await newPerson(mortal)
    const mailbox = person.open()
    await mailbox.wait(signal)
    const waiting = mailFailure(mailbox.wait(signal))
    await mortal.stop()
    expect(await waiting).toMatchObject({ kind: 'unavailable', retry: 'later' })
    expect(await mailFailure(mailbox.wait(signal))).toMatchObject({ kind: 'unavailable', retry: 'later' })
  })
})

test('a server without IDLE says so, and the mailbox is polled', async () => {
  const server = await startScriptedImap({ capabilities: 'IMAP4rev1 AUTH=PLAIN' })
  const mailServer = { host: 'localhost', port: server.port, security: 'ssl' as const }
  const user = 'approvals@contoso.example'
  const mailbox = openImapMailbox(
    {
      imap: mailServer,
      smtp: mailServer,
      user,
      address: user,
      extraCa: server.caPem,
      processedFolder: 'Processed',
      watchJunk: false,
      maxMessageBytes: 40 * 1024 * 1024,
      saveSent: false,
      proxy: null,
      userAgent: 'Countersign/1',
    },
    { credential: { password: 'correct horse' }, log: createLog('silent') },
  )
  onTestFinished(async () => {
    await mailbox.close()
    await server[Symbol.asyncDispose]()
  })
  expect(await mailFailure(mailbox.wait(signal))).toMatchObject({
    retry: 'later',
    messageKey: 'imap.no-idle',
  })
})
