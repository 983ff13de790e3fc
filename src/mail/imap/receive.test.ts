import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { areOurs, foreignMail, reply } from '../../../test/contract/mailbox-contract.ts'
import { noDovecot, startDovecot, type TestDovecot } from '../../../test/support/dovecot.ts'
import { collect, newPerson, signal } from '../../../test/support/imap-mailboxes.ts'
import type { RawMessage } from '../message.ts'

const number = ({ raw }: RawMessage) => Number(/YES (\d+)/.exec(Buffer.from(raw).toString())?.[1])

describe.skipIf(noDovecot)('receiving from Dovecot', () => {
  let dovecot: TestDovecot
  beforeAll(async () => {
    dovecot = await startDovecot()
  })
  afterAll(() => dovecot?.stop())

  test('hands over the octets as they travelled, with time and folder', async () => {
    const person = await newPerson(dovecot)
    const mime = reply(1, {}, 'Ja, gerne – 👍')
    const receivedAt = new Date('2026-11-24T09:20:00Z')
    const uid = await person.deliver(mime, { receivedAt })
    const { messages, failed, more } = await collect(person.open())
    expect({ failed, more, count: messages.length }).toEqual({ failed: [], more: false, count: 1 })
    expect(messages[0]).toMatchObject({ folder: 'inbox', receivedAt, originalOctets: true, itemClass: null })
    expect(messages[0]?.providerId).toMatch(new RegExp(`^INBOX:\\d+:${uid}$`))
    expect(Buffer.from(messages[0]?.raw ?? []).toString()).toBe(mime)
    expect(await person.messages('INBOX')).toMatchObject([{ flags: [] }])
  })
})
