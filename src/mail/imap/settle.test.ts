import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reply } from '../../../test/contract/mailbox-contract.ts'
import { noDovecot, startDovecot, type TestDovecot } from '../../../test/support/dovecot.ts'
import { collect, newPerson, type Person, signal } from '../../../test/support/imap-mailboxes.ts'
import type { Mailbox } from '../mailbox.ts'

/** Delivers replies and returns their ids, as `receive` gives them. */
async function delivered(person: Person, mailbox: Mailbox, ...numbers: number[]): Promise<string[]> {
  const { cursor } = await collect(mailbox)
  for (const number of numbers) await person.deliver(reply(number))
  return (await collect(mailbox, { cursor })).messages.map(({ providerId }) => providerId)
}

describe.skipIf(noDovecot)('settling on Dovecot', () => {
  let dovecot: TestDovecot
  beforeAll(async () => {
    dovecot = await startDovecot()
  })
  afterAll(() => dovecot?.stop())

  test('moves into a folder of any name, which it creates, and tells the new ids', async () => {
    const person = await newPerson(dovecot)
    const processedFolder = 'Traité – 処理済み & réglé'
    const mailbox = person.open({ processedFolder })
    const ids = await delivered(person, mailbox, 1, 2)
    const outcomes = await mailbox.settle(ids, 'move', signal)
    expect(outcomes.map(({ providerId, error }) => [providerId, error])).toEqual(ids.map((id) => [id, null]))
    expect(await person.messages('INBOX')).toEqual([])
    const path = `INBOX/${processedFolder}`
    const moved = await person.messages(path)
    const { uidValidity } = await person.client.mailboxOpen(path)
    expect(outcomes.map(({ newProviderId }) => newProviderId)).toEqual(
      moved.map(({ uid }) => `${path}:${uidValidity}:${uid}`),
    )
    // Another process finds the folder that is there.
    const another = person.open({ processedFolder })
    const [again] = await another.settle(await delivered(person, another, 3), 'move', signal)
    expect(again?.error).toBeNull()
    expect(await person.messages(path)).toHaveLength(3)
  })

  test('two workers that need the folder at once both find it', async () => {
    const person = await newPerson(dovecot)
    const ids = await delivered(person, person.open(), 1, 2)
    const outcomes = await Promise.all(ids.map((id) => person.open().settle([id], 'move', signal)))
    expect(outcomes.flat().map(({ error }) => error)).toEqual([null, null])
    expect(await person.messages('INBOX/Processed')).toHaveLength(2)
  })

  test('a folder that was deleted meanwhile is created again', async () => {
    const person = await newPerson(dovecot)
    const mailbox = person.open()
    await mailbox.settle(await delivered(person, mailbox, 1), 'move', signal)
    await person.client.mailboxDelete('INBOX/Processed')
    const outcomes = await mailbox.settle(await delivered(person, mailbox, 2), 'move', signal)
    expect(outcomes).toMatchObject([{ error: null }])
    expect(await person.messages('INBOX/Processed')).toHaveLength(1)
  })

  test.each(['move', 'mark-read', 'delete'] as const)(
    'what is gone already is settled (%s)',
    async (mode) => {
      const person = await newPerson(dovecot)
      const mailbox = person.open()
      const [gone = '', there = ''] = await delivered(person, mailbox, 1, 2)
      await mailbox.settle([gone], 'move', signal)
      const outcomes = await mailbox.settle([gone, there, 'AAMkAGQ='], mode, signal)
      expect(outcomes.map(({ providerId, error }) => [providerId, error])).toEqual([
        [gone, null],
        [there, null],
        ['AAMkAGQ=', null],
      ])
      expect(outcomes[0]?.newProviderId).toBeNull()
      expect(await mailbox.settle([gone], mode, signal)).toMatchObject([{ newProviderId: null, error: null }])
    },
  )

  test('marks read in place, or deletes where a person still finds it', async () => {
    const person = await newPerson(dovecot)
    const mailbox = person.open()
    const [read = '', deleted = ''] = await delivered(person, mailbox, 1, 2)
    expect(await mailbox.settle([read], 'mark-read', signal)).toMatchObject([
      { newProviderId: null, error: null },
    ])
    expect(await mailbox.settle([deleted], 'delete', signal)).toMatchObject([{ error: null }])
    expect(await person.messages('INBOX')).toMatchObject([{ flags: ['\\Seen'] }])
    expect(await person.messages('Trash')).toHaveLength(1)
  })

  test('what lies in two folders is settled in both', async () => {
    const person = await newPerson(dovecot)
    const mailbox = person.open()
    await person.deliver(reply(1), { folder: 'Junk' })
    await person.deliver(reply(2))
    const ids = (await collect(mailbox)).messages.map(({ providerId }) => providerId)
    const outcomes = await mailbox.settle([...ids].reverse(), 'move', signal)
    expect(outcomes.map(({ providerId }) => providerId)).toEqual([...ids].reverse())
    expect(await person.messages('INBOX/Processed')).toHaveLength(2)
  })

  test('an outage is told of each message, not thrown', async () => {
    const person = await newPerson(dovecot)
    const ids = await delivered(person, person.open(), 1, 2)
    const unreachable = person.open({ imap: { host: 'localhost', port: 1, security: 'ssl' } })
    expect(await unreachable.settle(ids, 'move', signal)).toMatchObject([
      { newProviderId: null, error: { kind: 'unavailable' } },
      { newProviderId: null, error: { kind: 'unavailable' } },
    ])
  })

  describe.each([
    ['MOVE', 'imap_capability {\n  MOVE = no\n}'],
    ['MOVE and UIDPLUS', 'imap_capability {\n  MOVE = no\n  UIDPLUS = no\n}'],
  ])('without %s', (without, configuration) => {
    let plain: TestDovecot
    beforeAll(async () => {
      plain = await startDovecot({ configuration })
    })
    afterAll(() => plain?.stop())

    test('moves and deletes, and nothing that a person has marked goes with it', async () => {
      const person = await newPerson(plain)
      const mailbox = person.open()
      expect(person.client.capabilities.has('MOVE')).toBe(false)
      const [first = '', second = ''] = await delivered(person, mailbox, 1, 2)
      const others = await person.deliver(reply(3))
      await person.client.mailboxOpen('INBOX')
      await person.client.messageFlagsAdd(String(others), ['\\Deleted'], { uid: true })
      await person.client.mailboxDelete('Trash')
      const [moved] = await mailbox.settle([first], 'move', signal)
      const [deleted] = await person.open().settle([second], 'delete', signal)
      expect([moved?.error, deleted?.error]).toEqual([null, null])
      expect(await person.messages('INBOX/Processed')).toHaveLength(1)
      const left = await person.messages('INBOX')
      expect(left.find(({ uid }) => uid === others)).toMatchObject({ flags: ['\\Deleted'] })
      // Where single messages cannot be expunged, they are marked for whoever expunges next.
      expect(left).toHaveLength(without.includes('UIDPLUS') ? 3 : 1)
      expect(left.every(({ flags }) => flags.includes('\\Deleted'))).toBe(true)
    })
  })
})
