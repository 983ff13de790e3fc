import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { reply } from '../../../test/contract/mailbox-contract.ts'
import { noDovecot, startDovecot, type TestDovecot } from '../../../test/support/dovecot.ts'
import { newPerson, signal } from '../../../test/support/imap-mailboxes.ts'
import { startSmtp } from '../../../test/support/smtp-server.ts'
import { createLog } from '../../lib/log.ts'

const messageId = '<countersign.k3vqy7h2mznf4abc.1@contoso.example>'
const mail = (id = messageId) => reply(1, { From: 'approvals@contoso.example', 'Message-ID': id })

describe.skipIf(noDovecot)('sent mail on Dovecot', () => {
  let dovecot: TestDovecot
  beforeAll(async () => {
    dovecot = await startDovecot()
  })
  afterAll(() => dovecot?.stop())

  async function smtp() {
    const server = await startSmtp()
    onTestFinished(() => server[Symbol.asyncDispose]())
    return { server, settings: { host: 'localhost', port: server.port, security: 'ssl' as const } }
  }

  test.each(['Sent', 'Drafts', 'Outbox'])('is found in %s, and only the very one', async (folder) => {
    const person = await newPerson(dovecot)
    if (folder !== 'Sent') await person.client.mailboxCreate(folder)
    const mailbox = person.open()
    expect(await mailbox.findSent(messageId, signal)).toBe('absent')
    await person.deliver(mail('<countersign.other.1@contoso.example>'), { folder })
    expect(await mailbox.findSent(messageId, signal)).toBe('absent')
    await person.deliver(mail(), { folder })
    expect(await mailbox.findSent(messageId, signal)).toBe('found')
  })

  test('where no folder keeps sent mail, nobody can tell', async () => {
    const person = await newPerson(dovecot)
    await person.client.mailboxDelete('Sent')
    expect(await person.open().findSent(messageId, signal)).toBe('cannot-tell')
  })

  test('a copy of our making is kept, and its absence proves nothing', async () => {
    const person = await newPerson(dovecot)
    const { server, settings } = await smtp()
    const mailbox = person.open({ smtp: settings, saveSent: true })
    expect(await mailbox.findSent(messageId, signal)).toBe('cannot-tell')
    expect(await mailbox.send([{ messageId, mime: Buffer.from(mail()) }], signal)).toMatchObject([
      { outcome: 'sent' },
    ])
    expect(await person.messages('Sent')).toMatchObject([{ flags: ['\\Seen'] }])
    const copy = await person.client.fetchOne('1', { source: true })
    expect(copy ? copy.source?.toString() : null).toBe(server.received[0]?.mime)
    expect(await mailbox.findSent(messageId, signal)).toBe('found')
  })

  test('what was sent is sent, also when no copy can be kept', async () => {
    const person = await newPerson(dovecot)
    const { settings } = await smtp()
    const broken = { host: 'localhost', port: 1, security: 'ssl' as const }
    const mailbox = person.open({ imap: broken, smtp: settings, saveSent: true })
    expect(await mailbox.send([{ messageId, mime: Buffer.from(mail()) }], signal)).toMatchObject([
      { outcome: 'sent' },
    ])
  })

  test('a mailbox that cannot be asked leaves no reply token in the log', async () => {
    const person = await newPerson(dovecot)
    let logged = ''
    const write = (chunk: unknown, _: unknown, done: () => void) => {
      logged += String(chunk)
      done()
    }
    const log = createLog('trace', new Writable({ write }))
    const mailbox = person.open({ imap: { host: 'localhost', port: 1, security: 'ssl' } }, { log })
    const error = await mailbox.findSent(messageId, signal).catch((error) => error)
    expect(error).toMatchObject({ kind: 'unavailable' })
    log.warn({ err: error }, 'cannot be asked')
    expect(logged).toContain('cannot be asked')
    expect(logged).not.toContain('k3vqy7h2mznf4abc')
  })
})
