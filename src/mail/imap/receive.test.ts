import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { areOurs, foreignMail, reply } from '../../../test/contract/mailbox-contract.ts'
import { noDovecot, startDovecot, type TestDovecot } from '../../../test/support/dovecot.ts'
import { collect, newPerson, signal } from '../../../test/support/imap-mailboxes.ts'
import { mailFailure } from '../../../test/support/mail-failure.ts'
import type { AreOurs, MessageHead } from '../mailbox.ts'
import type { RawMessage } from '../message.ts'

const number = ({ raw }: Pick<RawMessage, 'raw'>) =>
  Number(/YES (\d+)/.exec(Buffer.from(raw).toString('latin1'))?.[1])
const numbers = ({ messages }: { messages: RawMessage[] }) => messages.map(number)

describe.skipIf(noDovecot)('receiving from Dovecot', () => {
  let dovecot: TestDovecot
  beforeAll(async () => {
    dovecot = await startDovecot()
  })
  afterAll(() => dovecot?.stop())

  /** The UIDs whose content was asked for. */
  async function contents(user: string): Promise<string[]> {
    const commands = await dovecot.commands(user)
    return commands.flatMap(
      (command) => /^UID FETCH (\S+) .*BODY\.PEEK\[\]/.exec(command)?.[1]?.split(',') ?? [],
    )
  }

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

  test('looks among what was put aside when it is asked to, and goes on there too', async () => {
    const person = await newPerson(dovecot)
    const mailbox = person.open()
    for (const number of [1, 2, 3]) await person.deliver(reply(number))
    const { messages: delivered } = await collect(mailbox)
    const [moved = '', deleted = ''] = delivered.map(({ providerId }) => providerId)
    const [aside] = await mailbox.settle([moved], 'move', signal)
    await mailbox.settle([deleted], 'delete', signal)

    const alsoIn = ['processed', 'deleted'] as const
    const { messages, cursor } = await collect(mailbox, { alsoIn })
    expect(messages.map((message) => [number(message), message.folder])).toEqual([
      [3, 'inbox'],
      [1, 'processed'],
      [2, 'deleted'],
    ])
    expect(numbers(await collect(mailbox, { alsoIn, cursor }))).toEqual([])
    const again = { providerIds: [aside?.newProviderId ?? ''], areOurs, signal }
    expect((await mailbox.fetch(again)).messages.map(({ folder }) => folder)).toEqual(['processed'])
  })

  test('asks for no content of what is not ours, and leaves it unread', async () => {
    const person = await newPerson(dovecot)
    for (let number = 0; number < 3; number += 1) await person.deliver(foreignMail(number))
    const ours = await person.deliver(reply(1))
    expect(numbers(await collect(person.open()))).toEqual([1])
    expect(await contents(person.user)).toEqual([String(ours)])
    expect((await person.messages('INBOX')).map(({ flags }) => flags)).toEqual([[], [], [], []])
  })

  test('heads tell subject, references and every address it came to', async () => {
    const person = await newPerson(dovecot)
    await person.deliver(
      reply(1, {
        Subject: '=?utf-8?Q?R=C3=A9ponse?=',
        'In-Reply-To': '<a@x.example>',
        References: '<b@x.example>\r\n <c@x.example>',
        To: 'Approvals <approvals+k3v7@contoso.example>, b@contoso.example',
        Cc: 'c@contoso.example',
        'Delivered-To': 'd@contoso.example',
      }),
    )
    await person.deliver('Date: Tue, 24 Nov 2026 09:20:00 +0000\r\n\r\nNobody, nothing.\r\n')
    const seen: MessageHead[] = []
    const look: AreOurs = async (heads) => {
      seen.push(...heads)
      return heads.map(() => false)
    }
    await collect(person.open(), { areOurs: look })
    expect(seen).toEqual([
      {
        subject: 'Réponse',
        references: ['<a@x.example>', '<b@x.example>', '<c@x.example>'],
        recipients: [
          'approvals+k3v7@contoso.example',
          'b@contoso.example',
          'c@contoso.example',
          'd@contoso.example',
        ],
        itemClass: null,
      },
      { subject: '', references: [], recipients: [], itemClass: null },
    ])
  })

  test('a delivery report is known for one before it is read, a read receipt is none', async () => {
    const person = await newPerson(dovecot)
    const report = (type: string) => `multipart/report; report-type="${type}";\r\n boundary=b`
    const headers = { Subject: 'Undeliverable', References: '<countersign.a@contoso.example>' }
    await person.deliver(reply(1, { ...headers, 'Content-Type': report('delivery-status') }))
    await person.deliver(reply(2, { ...headers, 'Content-Type': report('disposition-notification') }))
    const { messages } = await collect(person.open())
    expect(messages.map(({ itemClass }) => itemClass)).toEqual(['REPORT.IPM.Note.NDR', null])
  })

  test('the prose of a mailer is known for a report by its null return path or by whom it could not reach', async () => {
    const person = await newPerson(dovecot)
    const headers = { Subject: 'failure notice', References: '<countersign.a@contoso.example>' }
    const qmail = { ...headers, From: 'MAILER-DAEMON@mx.litware.example', 'Return-Path': '<>' }
    await person.deliver(reply(1, qmail))
    await person.deliver(reply(2, { ...headers, 'X-Failed-Recipients': 'paul@litware.example' }))
    await person.deliver(reply(3, { ...headers, 'Return-Path': '<>' }))
    await person.deliver(reply(4, { ...qmail, 'Return-Path': '<nadia@contoso.example>' }))
    const { messages } = await collect(person.open())
    const report = 'REPORT.IPM.Note.NDR'
    expect(messages.map(({ itemClass }) => itemClass)).toEqual([report, report, null, null])
  })

  test('starts from now: what is older is not even listed, of today nothing is read beyond its head', async () => {
    const person = await newPerson(dovecot)
    const startFrom = new Date('2026-11-20T12:00:00Z')
    const at = (time: string) => ({ receivedAt: new Date(time) })
    for (let number = 0; number < 300; number += 1)
      await person.deliver(reply(number), at('2026-11-10T08:00:00Z'))
    await person.deliver(reply(500), at('2026-11-20T11:59:59Z'))
    const now = await person.deliver(reply(501), at('2026-11-20T12:00:00Z'))
    const { messages, cursor } = await collect(person.open({ watchJunk: false }), { startFrom })
    expect(messages.map(number)).toEqual([501])
    expect(await contents(person.user)).toEqual([String(now)])
    const heads = (await dovecot.commands(person.user)).filter((command) => command.includes('HEADER.FIELDS'))
    expect(heads).toHaveLength(1)
    expect(heads[0]).toMatch(new RegExp(`^UID FETCH ${now - 1},${now} `))

    const before = (await dovecot.commands(person.user)).length
    const mailbox = person.open({ watchJunk: false })
    expect(numbers(await collect(mailbox, { startFrom, cursor }))).toEqual([])
    const idle = (await dovecot.commands(person.user)).slice(before)
    expect(idle.filter((command) => /SEARCH|FETCH/.test(command))).toEqual([])
  })

  test('goes on where it stopped, over gaps, and what a person has read is no less a reply', async () => {
    const person = await newPerson(dovecot)
    const mailbox = person.open()
    await person.deliver(reply(1))
    const gone = await person.deliver(reply(2))
    const { cursor } = await collect(mailbox)
    await person.client.mailboxOpen('INBOX')
    await person.client.messageDelete(String(gone), { uid: true })
    const third = await person.deliver(reply(3))
    await person.client.messageFlagsAdd(String(third), ['\\Seen'], { uid: true })
    const next = await collect(mailbox, { cursor })
    expect(numbers(next)).toEqual([3])
    expect(numbers(await collect(mailbox, { cursor: next.cursor }))).toEqual([])
    expect(numbers(await collect(mailbox))).toEqual([1, 3])
  })

  test('the last message of the folder is not given again when a later one is gone', async () => {
    const person = await newPerson(dovecot)
    const mailbox = person.open()
    await person.deliver(reply(1))
    const { cursor } = await collect(mailbox)
    const gone = await person.deliver(reply(2))
    await person.client.mailboxOpen('INBOX')
    await person.client.messageDelete(String(gone), { uid: true })
    expect(numbers(await collect(mailbox, { cursor }))).toEqual([])
  })

  test('a folder with another UIDVALIDITY is read anew, without what is known', async () => {
    const person = await newPerson(dovecot)
    const mailbox = person.open()
    for (const number of [1, 2, 3]) await person.deliver(reply(number), { folder: 'Junk' })
    const { cursor, messages } = await collect(mailbox)
    await person.client.mailboxDelete('Junk')
    await person.client.mailboxCreate('Junk')
    await person.deliver(reply(7), { folder: 'Junk' })
    const again = await collect(mailbox, { cursor })
    expect(numbers(again)).toEqual([7])
    // The first UID again, and another message.
    expect(again.messages[0]?.providerId.split(':').at(-1)).toBe('1')
    expect(again.messages[0]?.providerId).not.toBe(messages[0]?.providerId)
    const old = messages.map(({ providerId }) => providerId)
    expect(await mailbox.fetch({ providerIds: old, areOurs, signal })).toEqual({ messages: [], failed: [] })
    expect((await mailbox.settle(old, 'delete', signal)).map(({ error }) => error)).toEqual([
      null,
      null,
      null,
    ])
    expect(await person.messages('Junk')).toHaveLength(1)
  })

  test('keeps to the limits in messages and in bytes; one message passes, however large', async () => {
    const person = await newPerson(dovecot)
    const mailbox = person.open()
    const large = 'x'.repeat(300_000)
    for (let number = 0; number < 6; number += 1) await person.deliver(reply(number, {}, large))
    const counts: number[] = []
    const known = new Set<string>()
    let cursor: string | null = null
    for (const limit of [{ bytes: 700_000 }, { bytes: 1 }, { messages: 2 }, {}]) {
      const received = await mailbox.receive({
        cursor,
        startFrom: new Date(0),
        areOurs,
        isKnown: async (ids) => new Set(ids.filter((id) => known.has(id))),
        limit: { messages: 100, bytes: 10_000_000, ...limit },
        signal,
      })
      for (const { providerId } of received.messages) known.add(providerId)
      counts.push(received.messages.length)
      cursor = received.cursor
      expect(received.more).toBe(counts.length < 4)
    }
    expect(counts).toEqual([2, 1, 2, 1])
  })

  test('a message of more than 40 MB is named and left where it is', async () => {
    const person = await newPerson(dovecot)
    const line = `${'x'.repeat(998)}\r\n`
    await person.deliver(reply(1, {}, line.repeat(42_000)))
    await person.deliver(reply(2))
    const { messages, failed } = await collect(person.open())
    expect(messages.map(number)).toEqual([2])
    expect(failed).toMatchObject([{ error: { retry: 'never', messageKey: 'receive.too-large' } }])
    expect((await contents(person.user)).length).toBe(1)
  })

  test('tells what lies in Junk, and leaves it when it is not watched', async () => {
    const person = await newPerson(dovecot)
    await person.deliver(reply(1), { folder: 'Junk' })
    await person.deliver(reply(2))
    const { messages } = await collect(person.open())
    expect(messages.map((message) => [number(message), message.folder])).toEqual([
      [2, 'inbox'],
      [1, 'junk'],
    ])
    expect(numbers(await collect(person.open({ watchJunk: false })))).toEqual([2])
  })

  test('fetch gives single messages again with their folder, and only ours that are there', async () => {
    const person = await newPerson(dovecot)
    const mailbox = person.open()
    const ids = async (folder: string, mime: string) => {
      const uid = await person.deliver(mime, { folder })
      const { uidValidity } = await person.client.mailboxOpen(folder)
      return `${folder}:${uidValidity}:${uid}`
    }
    const junk = await ids('Junk', reply(1))
    const foreign = await ids('INBOX', foreignMail(3))
    const inbox = await ids('INBOX', reply(2))
    const nowhere = ['No: such folder:1:1', inbox.replace(/\d+$/, '999'), 'AAMkAGQ=']
    const { messages, failed } = await mailbox.fetch({
      providerIds: [junk, foreign, ...nowhere, inbox],
      areOurs,
      signal,
    })
    expect(messages.map(({ providerId, folder }) => [providerId, folder])).toEqual([
      [junk, 'junk'],
      [inbox, 'inbox'],
    ])
    expect(failed).toEqual([])
  })

  test.each([
    ['nonsense', '{"inbox":"bm9uc2Vuc2U=","junk":7'],
    ['of another mailbox type', '{"inbox":"H4sIAAA=","junk":null}'],
  ])('a cursor that is %s starts over', async (_, cursor) => {
    const person = await newPerson(dovecot)
    await person.deliver(reply(1))
    expect(numbers(await collect(person.open(), { cursor }))).toEqual([1])
  })

  test('a call that is given up ends at once, and the next one is whole', async () => {
    const person = await newPerson(dovecot)
    await person.deliver(reply(1))
    const mailbox = person.open()
    const giveUp = new AbortController()
    const look: AreOurs = async (heads) => {
      giveUp.abort()
      return heads.map(() => true)
    }
    const failure = await mailFailure(collect(mailbox, { areOurs: look, signal: giveUp.signal }))
    expect(failure).toMatchObject({ kind: 'unavailable', retry: 'later' })
    expect(numbers(await collect(mailbox))).toEqual([1])
    expect(await mailFailure(collect(mailbox, { signal: AbortSignal.abort() }))).toMatchObject({
      kind: 'unavailable',
    })
  })

  test('costs little: a thousand waiting replies, settled', async () => {
    const person = await newPerson(dovecot)
    for (let number = 0; number < 1_000; number += 1) await person.deliver(reply(number))
    const mailbox = person.open()
    let cursor: string | null = null
    let received = 0
    for (let more = true; more; ) {
      const batch: Awaited<ReturnType<typeof mailbox.receive>> = await mailbox.receive({
        cursor,
        startFrom: new Date(0),
        areOurs,
        isKnown: async () => new Set(),
        limit: { messages: 200, bytes: 32 * 1024 * 1024 },
        signal,
      })
      await mailbox.settle(
        batch.messages.map(({ providerId }) => providerId),
        'move',
        signal,
      )
      received += batch.messages.length
      ;({ cursor, more } = batch)
    }
    expect(received).toBe(1_000)
    const { length } = await dovecot.commands(person.user)
    expect(length / 1_000).toBeLessThanOrEqual(0.06)
    expect(await person.messages('INBOX/Processed')).toHaveLength(1_000)
  })
})
