import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { reply } from '../../../test/contract/mailbox-contract.ts'
import { noDovecot, startDovecot, type TestDovecot } from '../../../test/support/dovecot.ts'
import { newPerson, type Person, signal } from '../../../test/support/imap-mailboxes.ts'
import { startSmtp } from '../../../test/support/smtp-server.ts'
import { type Check, runSteps } from '../../mailboxes/doctor/run-steps.ts'
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
    for await (const check of runSteps(mailbox.checks(), signal)) found.push(check)
    return found
  }
  const outcomes = (found: Check[]) => found.map(({ id, outcome }) => `${id}: ${outcome}`)

  test('a mailbox that is well, of which nothing is changed', async () => {
    const person = await newPerson(dovecot)
    await person.deliver(reply(1))
    const found = await checks(person)
    expect(outcomes(found)).toEqual([
      'mailbox-server: ok',
      'smtp-server: ok',
      'login: ok',
      'read-mailbox: ok',
      'processed-folder: ok',
      'junk: ok',
      'smtp-login: ok',
    ])
    expect(found.map(({ evidence }) => evidence)).toEqual([
      expect.stringMatching(/^localhost:\d+ \(.*127\.0\.0\.1.*\) TLSv1\.3 TLS_/),
      expect.stringMatching(/^localhost:\d+ \(.*\) TLS$/),
      `${person.user}: Dovecot ready.`,
      'INBOX: 1',
      'INBOX/Processed',
      'Junk: 0',
      expect.stringContaining('localhost'),
    ])
    expect(await person.messages('INBOX')).toMatchObject([{ flags: [] }])
  })

  test('a wrong password is no fault of TLS, and sending is checked all the same', async () => {
    const found = await checks(await newPerson(dovecot), {}, { password: 'wrong' })
    expect(outcomes(found)).toEqual([
      'mailbox-server: ok',
      'smtp-server: ok',
      'login: failed',
      'read-mailbox: skipped',
      'processed-folder: skipped',
      'junk: skipped',
      'smtp-login: ok',
    ])
    expect(found[2]?.mend?.key).toBe('mail-errors:imap.password-refused')
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
      'mailbox-server: failed',
      'smtp-server: failed',
      'login: skipped',
      'read-mailbox: skipped',
      'processed-folder: skipped',
      'junk: skipped',
      'smtp-login: skipped',
    ])
    expect(found[0]?.mend?.key).toBe('mail-errors:network.untrusted-certificate')
    expect(found[1]?.mend?.key).toBe('mail-errors:network.untrusted-certificate')
  })
})
