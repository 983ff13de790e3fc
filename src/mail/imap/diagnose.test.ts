import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { reply } from '../../../test/contract/mailbox-contract.ts'
import { noDovecot, startDovecot, type TestDovecot } from '../../../test/support/dovecot.ts'
import { newPerson, type Person, signal } from '../../../test/support/imap-mailboxes.ts'
import { startSmtp } from '../../../test/support/smtp-server.ts'
import type { Check } from '../mailbox.ts'
import type { Credential, ImapSettings } from './imap-settings.ts'

describe.skipIf(noDovecot)('the doctor on Dovecot', () => {
  let dovecot: TestDovecot
  beforeAll(async () => {
    dovecot = await startDovecot()
  })
  afterAll(() => dovecot?.stop())

  async function checks(person: Person, changes: Partial<ImapSettings> = {}, credential?: Credential) {
    const server = await startSmtp()
    onTestFinished(() => server[Symbol.asyncDispose]())
    const smtp = { host: 'localhost', port: server.port, security: 'ssl' as const }
    const mailbox = person.open({ smtp, ...changes }, credential === undefined ? {} : { credential })
    const found: Check[] = []
    for await (const check of mailbox.diagnose(signal)) found.push(check)
    return found
  }
  const outcomes = (found: Check[]) => found.map(({ id, outcome }) => `${id}: ${outcome}`)

  test('a mailbox that is well, of which nothing is changed', async () => {
    const person = await newPerson(dovecot)
    await person.deliver(reply(1))
    const found = await checks(person)
    expect(outcomes(found)).toEqual([
      'tls: ok',
      'login: ok',
      'read-mailbox: ok',
      'processed-folder: ok',
      'smtp-login: ok',
    ])
    expect(found.map(({ evidence }) => evidence)).toEqual([
      expect.stringMatching(/^localhost:\d+ TLSv1\.3 TLS_/),
      `${person.user}: Dovecot ready.`,
      'INBOX: 1',
      'INBOX/Processed: created with the first message',
      expect.stringContaining('localhost'),
    ])
    expect(await person.messages('INBOX')).toMatchObject([{ flags: [] }])
  })

  test('a wrong password is no fault of TLS, and sending is checked all the same', async () => {
    const found = await checks(await newPerson(dovecot), {}, { password: 'wrong' })
    expect(outcomes(found)).toEqual([
      'tls: ok',
      'login: failed',
      'read-mailbox: skipped',
      'processed-folder: skipped',
      'smtp-login: ok',
    ])
    expect(found[1]?.error).toMatchObject({ kind: 'auth', messageKey: 'imap.password-refused' })
    expect(JSON.stringify(found)).not.toContain('wrong')
  })

  test('STARTTLS is proven without a credential', async () => {
    const imap = { host: 'localhost', port: dovecot.port.starttls, security: 'starttls' as const }
    const [tls] = await checks(await newPerson(dovecot), { imap })
    expect(tls).toMatchObject({ outcome: 'ok', evidence: expect.stringContaining('TLSv1.3') })
  })

  test('an untrusted certificate is found before any credential is sent', async () => {
    const found = await checks(await newPerson(dovecot), { extraCa: null })
    expect(outcomes(found)).toEqual([
      'tls: failed',
      'login: skipped',
      'read-mailbox: skipped',
      'processed-folder: skipped',
      'smtp-login: failed',
    ])
    expect(found[0]?.error?.messageKey).toBe('network.untrusted-certificate')
  })
})
