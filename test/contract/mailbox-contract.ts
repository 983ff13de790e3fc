/** What every mailbox adapter must do, whatever it speaks. Run against the simulator, with nothing of ours replaced. */
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Mailbox, MessageHead, Received, ReceiveRequest } from '../../src/mail/mailbox.ts'
import type { RawMessage } from '../../src/mail/message.ts'
import { type Check, runSteps } from '../../src/mailboxes/doctor/run-steps.ts'
import { mailFailure } from '../support/mail-failure.ts'
import {
  type Fault,
  type IdKind,
  type Servers,
  type SimulatedTenant,
  startSimulatedTenant,
} from './simulated-tenant.ts'

interface OpenOptions {
  servers: Servers
  caPem: string | null
  address: string
  /** Of the application; a user's password where there is none. */
  secret: string
  watchJunk: boolean
}

export interface MailboxAdapter {
  /** Opens the mailbox over the adapter; what it needs of its own is closed with it. */
  open(tenant: SimulatedTenant, options: OpenOptions): Mailbox
  /** The ids by which it knows messages. */
  ids: IdKind
  /** The simulator's names for the operations by which it does these things, and for the calls in which contents come. */
  operations: { content: string; contentCall: string; send: string }
  /** What those calls answer in a `fetch` until they bring contents: the heads come first. */
  beforeContent: Fault[]
  /** What those calls meet in a `receive` that breaks off when it has some of the contents. */
  midContent: Fault[]
  /** Heads that the operation for contents brings, of messages that a listing cannot tell to be older than asked for. */
  headsOfTheDay: boolean
  /** An operation of `receive`, and what it answers where too much is asked of the server; then what sending answers. */
  busy: { receive: [operation: string, Fault]; send: Fault }
  /** What is known of a mail whose sending was cut before its work. */
  cutBeforeWork: 'unknown' | 'failed'
  /** HTTP requests, or commands of IMAP, for each of a thousand waiting replies, fetched and settled. */
  requestsPerReply: number
  /** What makes of the tenant one that has such mailboxes. Returns the secret that opens them. */
  prepare(tenant: SimulatedTenant): Promise<string>
  /** The text that names the permission which an application without any lacks; null where no application calls. */
  missingRole: string | null
  /** The text for a wrong secret. */
  wrongSecret: string
  /** What is said of a mailbox that is not there. */
  unknownMailbox: { kind: string; messageKey: string }
  /** Whether it can be told of new mail. */
  pushes: boolean
}

export const approvals = 'approvals@contoso.example'
const startFrom = new Date(0)
/** Where nobody listens. */
const nobody: Servers = { host: 'localhost:1', imap: 'localhost:1', smtp: 'localhost:1' }
const signal = new AbortController().signal

/** Ours are the messages whose subject holds a reply token. */
export async function areOurs(heads: MessageHead[]): Promise<boolean[]> {
  return heads.map(
    ({ subject, references }) =>
      /\[#\d+-\d+-\w+\]/.test(subject) || references.some((id) => id.startsWith('<countersign.')),
  )
}

/** A reply by mail; its number is in its Message-ID and its body. */
export function reply(number: number, headers: Record<string, string> = {}, body = `YES ${number}`): string {
  const all: Record<string, string> = {
    From: 'Anna Novák <anna.novak@fabrikam.example>',
    To: approvals,
    Subject: `RE: Purchase of a laser printer [#42-${number}-k3v7]`,
    'Message-ID': `<reply-${number}@fabrikam.example>`,
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  }
  return [...Object.entries(all).map(([name, value]) => `${name}: ${value}`), '', body, ''].join('\r\n')
}

export function foreignMail(number: number, body = 'Lunch at noon?'): string {
  return reply(number, { Subject: 'Lunch', 'Message-ID': `<lunch-${number}@litware.example>` }, body)
}

export function describeMailbox(name: string, adapter: MailboxAdapter): void {
  describe(`the mailbox contract over ${name}`, () => {
    let tenant: SimulatedTenant
    let secret: string
    beforeAll(async () => {
      tenant = await startSimulatedTenant(adapter.ids)
    })
    afterAll(() => tenant.close())
    beforeEach(async () => {
      await tenant.reset()
      secret = await adapter.prepare(tenant)
    })

    function open(options: Partial<OpenOptions> = {}): Mailbox {
      const mailbox = adapter.open(tenant, {
        servers: tenant,
        caPem: tenant.caPem,
        secret,
        address: approvals,
        watchJunk: true,
        ...options,
      })
      onTestFinished(() => mailbox.close())
      return mailbox
    }

    describe('receive', () => {
      test('hands over a reply with its octets, time and folder', async () => {
        const id = await tenant.deliver(approvals, reply(1, {}, 'Ja, gerne – 👍'))
        const { messages, failed, more } = await collect(open())
        expect({ failed, more, count: messages.length }).toEqual({ failed: [], more: false, count: 1 })
        const message = messages[0] as RawMessage
        expect(message).toMatchObject({ providerId: id, folder: 'inbox' })
        expect(Math.abs(message.receivedAt.getTime() - Date.now())).toBeLessThan(60_000)
        expect(text(message)).toContain('Ja, gerne – 👍')
      })

      test('never fetches the content of what is not ours', async () => {
        const secret = 'x'.repeat(300_000)
        for (let number = 0; number < 3; number += 1)
          await tenant.deliver(approvals, foreignMail(number, secret))
        await tenant.deliver(approvals, reply(1))
        const { messages } = await collect(open())
        expect(messages.map(number)).toEqual([1])
        expect((await tenant.calls()).bytes).toBeLessThan(100_000)
        expect((await tenant.messages(approvals, 'inbox')).map(({ isRead }) => isRead)).toEqual([
          false,
          false,
          false,
          false,
        ])
      })

      test('knows a reply by its references when the subject was rewritten', async () => {
        const headers = {
          Subject: 'Antwort',
          References: '<a@x.example> <countersign.k3v7.1@contoso.example>',
        }
        await tenant.deliver(approvals, reply(7, headers))
        expect((await collect(open())).messages.map(number)).toEqual([7])
      })

      test('starts from now: older mail is not even looked at closer', async () => {
        for (let number = 0; number < 600; number += 1) await tenant.deliver(approvals, reply(number))
        await tenant.advanceClock(3_600_000)
        await tenant.deliver(approvals, reply(1_000))
        const { messages } = await collect(open(), { startFrom: new Date(Date.now() + 1_800_000) })
        expect(messages.map(number)).toEqual([1_000])
        const heads = adapter.headsOfTheDay ? 601 : 0
        expect((await tenant.calls(adapter.operations.content)).items).toBe(heads + 1)
      })

      test('goes on where it stopped, and what a person has read is no less a reply', async () => {
        const mailbox = open()
        const id = await tenant.deliver(approvals, reply(1))
        const first = await collect(mailbox)
        await mailbox.settle([id], 'mark-read', signal)
        await tenant.deliver(approvals, reply(2))
        expect((await collect(mailbox, { cursor: first.cursor })).messages.map(number)).toEqual([2])
        expect((await collect(mailbox)).messages.map(number)).toEqual([1, 2])
      })

      test('keeps to the limit and says that there is more', async () => {
        for (let number = 0; number < 25; number += 1) await tenant.deliver(approvals, reply(number))
        const mailbox = open()
        const stored = new Set<string>()
        const first = await receiveOnce(mailbox, { stored, limit: { messages: 10 } })
        expect({ count: first.messages.length, more: first.more }).toEqual({ count: 10, more: true })
        const rest = await collect(mailbox, { stored, cursor: first.cursor, limit: { messages: 10 } })
        expect([...first.messages, ...rest.messages].map(number).sort(ascending)).toEqual(upTo(25))
      })

      test('keeps to the limit in bytes too; one message passes, however large', async () => {
        const large = 'x'.repeat(300_000)
        for (let number = 0; number < 7; number += 1)
          await tenant.deliver(approvals, reply(number, {}, large))
        const mailbox = open()
        const stored = new Set<string>()
        const counts: number[] = []
        let cursor: string | null = null
        for (const bytes of [700_000, 700_000, 1, 1, 1_000_000]) {
          const batch = await receiveOnce(mailbox, { stored, cursor, limit: { bytes } })
          counts.push(batch.messages.length)
          cursor = batch.cursor
        }
        expect(counts).toEqual([2, 2, 1, 1, 1])
      })

      test('tells what lies in Junk, and leaves it when it is not watched', async () => {
        await tenant.deliver(approvals, reply(1), 'junk')
        await tenant.deliver(approvals, reply(2))
        const { messages } = await collect(open())
        expect(messages.map((message) => [number(message), message.folder])).toEqual([
          [2, 'inbox'],
          [1, 'junk'],
        ])
        expect((await collect(open({ watchJunk: false }))).messages.map(number)).toEqual([2])
      })

      test('looks among what was put aside when it is asked to, and goes on there too', async () => {
        const alsoIn = ['processed', 'deleted'] as const
        const mailbox = open()
        const old = await tenant.deliver(approvals, reply(1))
        await mailbox.settle([old], 'move', signal)
        await tenant.advanceClock(3_600_000)
        const moved = await tenant.deliver(approvals, reply(2))
        const deleted = await tenant.deliver(approvals, reply(3))
        await tenant.deliver(approvals, reply(4))
        const [aside] = await mailbox.settle([moved], 'move', signal)
        await mailbox.settle([deleted], 'delete', signal)
        await mailbox.settle([await tenant.deliver(approvals, foreignMail(5))], 'move', signal)
        const startFrom = new Date(Date.now() + 1_800_000)

        expect((await collect(open(), { startFrom })).messages.map(number)).toEqual([4])
        const { messages, cursor } = await collect(open(), { startFrom, alsoIn })
        expect(messages.map((message) => [number(message), message.folder])).toEqual([
          [4, 'inbox'],
          [2, 'processed'],
          [3, 'deleted'],
        ])
        expect((await collect(open(), { startFrom, alsoIn, cursor })).messages).toEqual([])
        expect((await collect(open(), { startFrom, cursor })).messages).toEqual([])

        const again = { providerIds: [aside?.newProviderId ?? ''], areOurs, signal }
        const fetched = await open().fetch({ ...again, alsoIn })
        expect(fetched.messages.map(({ folder }) => folder)).toEqual(['processed'])
      })

      const ofAnotherMailbox = async () =>
        (await collect(open({ address: 'nadia.belkacem@contoso.example' }))).cursor
      test.each([
        ['of another mailbox', ofAnotherMailbox],
        ['of another protocol', async () => '{"inbox":"bm9uc2Vuc2U=","junk":"1763978400:7"}'],
        ['that is nonsense', async () => '{"inbox":"bm9uc2Vuc2U=","junk":7'],
      ])('a cursor %s starts over, without what is known', async (_, cursor) => {
        const id = await tenant.deliver(approvals, reply(1))
        await tenant.deliver(approvals, reply(2))
        const { messages } = await collect(open(), { cursor: await cursor(), stored: new Set([id]) })
        expect(messages.map(number)).toEqual([2])
      })

      test('a cursor that the mailbox knows no more starts over, and loses nothing', async () => {
        const known = await tenant.deliver(approvals, reply(1))
        const mailbox = open()
        const { cursor } = await collect(mailbox)
        await tenant.loseCursors(approvals)
        await tenant.deliver(approvals, reply(2))
        const { messages } = await collect(mailbox, { cursor, stored: new Set([known]) })
        // Where messages are counted anew, what is known comes again by another id.
        expect(messages.map(number)).toEqual(adapter.ids === 'place' ? [1, 2] : [2])
        for (const { providerId } of messages)
          expect(await mailbox.settle([providerId], 'move', signal)).toMatchObject([{ error: null }])
        expect((await tenant.messages(approvals, 'inbox/Processed')).length).toBe(messages.length)
      })

      test('an outage in the middle of a batch loses nothing and gives nothing twice', async () => {
        for (let number = 0; number < 120; number += 1) await tenant.deliver(approvals, reply(number))
        await tenant.fault(adapter.operations.contentCall, ...adapter.midContent)
        const mailbox = open()
        const stored = new Set<string>()
        const first = await receiveOnce(mailbox, { stored })
        expect(first.more).toBe(true)
        expect(first.messages.length).toBeGreaterThan(0)
        expect(first.messages.length).toBeLessThan(120)
        const rest = await collect(mailbox, { stored, cursor: first.cursor })
        expect([...first.messages, ...rest.messages].map(number).sort(ascending)).toEqual(upTo(120))
      })

      test('a failure with nothing to hand over is thrown, and the next call is whole', async () => {
        await tenant.deliver(approvals, reply(1))
        await tenant.fault(adapter.operations.contentCall, 'cut')
        const mailbox = open()
        expect(await mailFailure(receiveOnce(mailbox))).toMatchObject({ kind: 'unavailable', retry: 'later' })
        expect((await collect(mailbox)).messages.map(number)).toEqual([1])
      })

      test('a message that is gone before it is fetched is no failure', async () => {
        const gone = await tenant.deliver(approvals, reply(1))
        await tenant.deliver(approvals, reply(2))
        const mailbox = open()
        await mailbox.settle([gone], 'delete', signal)
        const { messages, failed } = await mailbox.fetch({ providerIds: [gone], areOurs, signal })
        expect({ messages, failed }).toEqual({ messages: [], failed: [] })
      })

      test('fetch gives single messages again with their folder, and only ours', async () => {
        const junk = await tenant.deliver(approvals, reply(1), 'junk')
        const inbox = await tenant.deliver(approvals, reply(2))
        const foreign = await tenant.deliver(approvals, foreignMail(3))
        const { messages, failed } = await open().fetch({
          providerIds: [junk, foreign, inbox],
          areOurs,
          signal,
        })
        expect(Object.fromEntries(messages.map(({ providerId, folder }) => [providerId, folder]))).toEqual({
          [junk]: 'junk',
          [inbox]: 'inbox',
        })
        expect(failed).toEqual([])
      })

      test('fetch says nothing of what it did not come to', async () => {
        const id = await tenant.deliver(approvals, reply(1))
        await tenant.fault(adapter.operations.contentCall, ...adapter.beforeContent, 'cut')
        const mailbox = open()
        const asked = { providerIds: [id], areOurs, signal }
        expect(await mailFailure(mailbox.fetch(asked))).toMatchObject({ kind: 'unavailable' })
        expect((await mailbox.fetch(asked)).messages.map(number)).toEqual([1])
      })

      test('costs little: a thousand waiting replies, settled', async () => {
        for (let number = 0; number < 1_000; number += 1) await tenant.deliver(approvals, reply(number))
        const mailbox = open()
        let cursor: string | null = null
        let received = 0
        for (let more = true; more; ) {
          const batch: Received = await receiveOnce(mailbox, { cursor, limit: { messages: 200 } })
          await mailbox.settle(
            batch.messages.map(({ providerId }) => providerId),
            'move',
            signal,
          )
          received += batch.messages.length
          ;({ cursor, more } = batch)
        }
        const token = await tenant.calls('Token')
        expect(received).toBe(1_000)
        expect(((await tenant.calls()).count - token.count) / 1_000).toBeLessThanOrEqual(
          adapter.requestsPerReply,
        )
      })
    })

    describe('settle', () => {
      test('moves into Processed, which it creates, and tells the new ids', async () => {
        const ids = [await tenant.deliver(approvals, reply(1)), await tenant.deliver(approvals, reply(2))]
        const outcomes = await open().settle(ids, 'move', signal)
        expect(outcomes.map(({ providerId, error }) => [providerId, error])).toEqual(
          ids.map((id) => [id, null]),
        )
        const processed = await tenant.messages(approvals, 'inbox/Processed')
        expect(processed.map(({ id }) => id).sort()).toEqual(
          outcomes.map(({ newProviderId }) => newProviderId).sort(),
        )
        expect(await tenant.messages(approvals, 'inbox')).toEqual([])
        // Another process finds the folder that is there.
        const [again] = await open().settle([await tenant.deliver(approvals, reply(3))], 'move', signal)
        expect(again?.error).toBeNull()
        expect(await tenant.messages(approvals, 'inbox/Processed')).toHaveLength(3)
      })

      test('two workers that need the folder at once both find it', async () => {
        const ids = [await tenant.deliver(approvals, reply(1)), await tenant.deliver(approvals, reply(2))]
        const outcomes = await Promise.all(ids.map((id) => open().settle([id], 'move', signal)))
        expect(outcomes.flat().map(({ error }) => error)).toEqual([null, null])
        expect(await tenant.messages(approvals, 'inbox/Processed')).toHaveLength(2)
      })

      test('what is gone already is settled', async () => {
        const id = await tenant.deliver(approvals, reply(1))
        await tenant.empty(approvals, 'inbox')
        const mailbox = open()
        for (const mode of ['move', 'mark-read', 'delete'] as const) {
          expect(await mailbox.settle([id], mode, signal)).toEqual([
            { providerId: id, newProviderId: null, error: null },
          ])
        }
      })

      test('settled twice is settled once', async () => {
        const id = await tenant.deliver(approvals, reply(1))
        const mailbox = open()
        for (let time = 0; time < 2; time += 1)
          expect(await mailbox.settle([id], 'move', signal)).toMatchObject([{ providerId: id, error: null }])
        expect(await tenant.messages(approvals, 'inbox/Processed')).toHaveLength(1)
      })

      test('marks read in place, or deletes where a person still finds it', async () => {
        const read = await tenant.deliver(approvals, reply(1))
        const deleted = await tenant.deliver(approvals, reply(2))
        const mailbox = open()
        expect((await mailbox.settle([read], 'mark-read', signal))[0]?.error).toBeNull()
        expect((await mailbox.settle([deleted], 'delete', signal))[0]?.error).toBeNull()
        expect(await tenant.messages(approvals, 'inbox')).toMatchObject([{ id: read, isRead: true }])
        expect(await tenant.messages(approvals, 'deleteditems')).toHaveLength(1)
      })
    })

    describe('send', () => {
      const to = 'nadia.belkacem@contoso.example'
      const sendable = (number: number) => {
        const messageId = `<countersign.${number}@contoso.example>`
        const mime = reply(number, {
          From: approvals,
          To: to,
          'Message-ID': messageId,
          Subject: 'Question',
          'In-Reply-To': '<a@x.example>',
        })
        return { messageId, mime: Buffer.from(mime) }
      }

      test('delivers with our Message-ID, and the copy is found', async () => {
        const mailbox = open()
        const outcomes = await mailbox.send([sendable(1), sendable(2)], signal)
        expect(outcomes.map(({ outcome }) => outcome)).toEqual(['sent', 'sent'])
        const arrived = (await tenant.messages(to, 'inbox')).map(({ internetMessageId }) => internetMessageId)
        expect(arrived.sort()).toEqual(['<countersign.1@contoso.example>', '<countersign.2@contoso.example>'])
        expect(await mailbox.findSent('<countersign.1@contoso.example>', signal)).toBe('found')
        expect(await mailbox.findSent('<countersign.3@contoso.example>', signal)).toBe('absent')
      })

      test('a call that is cut after its work is of unknown outcome, and the mailbox knows', async () => {
        await tenant.fault(adapter.operations.send, 'cutAfter')
        const mailbox = open()
        expect(await mailbox.send([sendable(1)], signal)).toMatchObject([{ outcome: 'unknown' }])
        expect(await mailbox.findSent(sendable(1).messageId, signal)).toBe('found')
      })

      test('a call that is cut before its work is never told as sent, and the mailbox knows', async () => {
        await tenant.fault(adapter.operations.send, 'cut')
        const mailbox = open()
        expect(await mailbox.send([sendable(1)], signal)).toMatchObject([{ outcome: adapter.cutBeforeWork }])
        expect(await mailbox.findSent(sendable(1).messageId, signal)).toBe('absent')
      })

      test('what waits over the rate limit counts as sent', async () => {
        await tenant.change({ messageRateLimit: 1 })
        const mailbox = open()
        await mailbox.send([sendable(1), sendable(2), sendable(3)], signal)
        expect(await tenant.messages(to, 'inbox')).toHaveLength(1)
        for (const number of [1, 2, 3])
          expect(await mailbox.findSent(sendable(number).messageId, signal)).toBe('found')
      })

      test('a server that cannot be reached has certainly sent nothing', async () => {
        const mailbox = open({ servers: nobody })
        expect(await mailbox.send([sendable(1)], signal)).toMatchObject([
          { outcome: 'failed', error: { kind: 'unavailable', retry: 'later', mayHaveHappened: false } },
        ])
        await expect(mailbox.findSent(sendable(1).messageId, signal)).rejects.toMatchObject({
          kind: 'unavailable',
        })
      })
    })

    describe('when it may not or cannot', () => {
      test('throttled: it is told, nothing is lost and nothing is sent', async () => {
        const throttled = { kind: 'throttled', retry: 'later' }
        await tenant.deliver(approvals, reply(1))
        const mailbox = open()
        await tenant.fault(...adapter.busy.receive)
        expect(await mailFailure(receiveOnce(mailbox))).toMatchObject(throttled)
        expect((await collect(mailbox)).messages.map(number)).toEqual([1])

        const to = 'nadia.belkacem@contoso.example'
        const messageId = '<countersign.1@contoso.example>'
        const mime = Buffer.from(reply(1, { From: approvals, To: to, 'Message-ID': messageId }))
        await tenant.fault(adapter.operations.send, adapter.busy.send)
        expect(await mailbox.send([{ messageId, mime }], signal)).toMatchObject([
          { outcome: 'failed', error: throttled },
        ])
        expect(await mailbox.findSent(messageId, signal)).toBe('absent')
        expect(await mailbox.send([{ messageId, mime }], signal)).toMatchObject([{ outcome: 'sent' }])
        expect(await tenant.messages(to, 'inbox')).toHaveLength(1)
      })

      test.runIf(adapter.missingRole)(
        'an expired token is replaced and the call made once more',
        async () => {
          await tenant.change({ tokenLifetimeSeconds: 600 })
          const mailbox = open()
          await receiveOnce(mailbox)
          await tenant.deliver(approvals, reply(1))
          // Longer than a connection of IMAP may be silent.
          await tenant.advanceClock(2_400_000)
          expect((await receiveOnce(mailbox)).messages.map(number)).toEqual([1])
          expect((await tenant.calls('Token')).count).toBe(2)
        },
      )

      test('a wrong secret', async () => {
        expect(await mailFailure(receiveOnce(open({ secret: 'a8Q~wrong' })))).toMatchObject({
          kind: 'auth',
          retry: 'pause-mailbox',
          messageKey: adapter.wrongSecret,
        })
      })

      test('an unknown mailbox', async () => {
        expect(await mailFailure(receiveOnce(open({ address: 'nobody@contoso.example' })))).toMatchObject({
          retry: 'pause-mailbox',
          ...adapter.unknownMailbox,
        })
      })

      test.runIf(adapter.missingRole)(
        'a missing consent is told from a wrong secret, by the doctor too',
        async () => {
          await tenant.change({
            apps: [
              {
                id: tenant.clientId,
                secrets: [{ value: tenant.clientSecret, expiresAt: null }],
                roles: [],
                mailboxes: null,
              },
            ],
          })
          const missing = { kind: 'consent', retry: 'pause-mailbox', messageKey: adapter.missingRole }
          expect(await mailFailure(receiveOnce(open()))).toMatchObject(missing)
          const checks = await diagnosis(open())
          expect(Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]))).toMatchObject({
            token: 'ok',
            role: 'failed',
            'read-mailbox': 'skipped',
            'processed-folder': 'skipped',
          })
          const role = checks.find(({ id }) => id === 'role')
          expect(role?.mend?.key).toBe(`mail-errors:${adapter.missingRole}`)
        },
      )

      test('a certificate of an unknown authority', async () => {
        const refused = { kind: 'unavailable', messageKey: 'network.untrusted-certificate' }
        expect(await mailFailure(receiveOnce(open({ caPem: null })))).toMatchObject(refused)
        expect((await diagnosis(open({ caPem: null })))[0]).toMatchObject({
          outcome: 'failed',
          mend: { key: `mail-errors:${refused.messageKey}` },
        })
      })

      test('the doctor finds nothing, and no credential in its evidence', async () => {
        const checks = await diagnosis(open())
        expect(new Set(checks.map(({ outcome }) => outcome))).toEqual(new Set(['ok']))
        expect(JSON.stringify(checks)).not.toContain(secret)
        expect(JSON.stringify(checks)).not.toMatch(/eyJ/)
      })
    })

    describe.runIf(adapter.pushes)('wait', () => {
      test('returns when mail is delivered', async () => {
        const mailbox = open()
        // The first return says that listening has begun.
        await mailbox.wait(signal)
        const woken = mailbox.wait(signal)
        await tenant.deliver(approvals, reply(1))
        await woken
        expect((await collect(mailbox)).messages.map(number)).toEqual([1])
      })

      test('misses nothing between two waits', async () => {
        const mailbox = open()
        await mailbox.wait(signal)
        await tenant.deliver(approvals, reply(1))
        await mailbox.wait(signal)
      })

      test('ends at once when it is aborted', async () => {
        const mailbox = open()
        await mailbox.wait(signal)
        const stop = new AbortController()
        const waiting = mailbox.wait(stop.signal)
        stop.abort()
        await waiting
        await mailbox.wait(AbortSignal.abort())
      })
    })
  })
}

interface ReceiveOptions {
  stored?: Set<string>
  cursor?: string | null
  limit?: Partial<ReceiveRequest['limit']>
  startFrom?: Date
  alsoIn?: ReceiveRequest['alsoIn']
}

/** Receives once and stores what came, as the product does. */
async function receiveOnce(mailbox: Mailbox, options: ReceiveOptions = {}): Promise<Received> {
  const stored = options.stored ?? new Set()
  const received = await mailbox.receive({
    cursor: options.cursor ?? null,
    startFrom: options.startFrom ?? startFrom,
    alsoIn: options.alsoIn ?? [],
    areOurs,
    isKnown: async (ids) => new Set(ids.filter((id) => stored.has(id))),
    limit: { messages: 500, bytes: 32 * 1024 * 1024, ...options.limit },
    signal,
  })
  for (const { providerId } of received.messages) stored.add(providerId)
  return received
}

/** Receives until there is no more. */
async function collect(mailbox: Mailbox, options: ReceiveOptions = {}): Promise<Received> {
  const stored = options.stored ?? new Set()
  const all: Received = { messages: [], failed: [], cursor: options.cursor ?? '', more: true }
  for (let calls = 0; all.more; calls += 1) {
    if (calls > 50) throw new Error('receive says "more" without end')
    const next = await receiveOnce(mailbox, { ...options, stored, cursor: all.cursor || null })
    all.messages.push(...next.messages)
    all.failed.push(...next.failed)
    all.cursor = next.cursor
    all.more = next.more
  }
  return all
}

async function diagnosis(mailbox: Mailbox): Promise<Check[]> {
  const checks: Check[] = []
  for await (const check of runSteps(mailbox.checks(), signal)) checks.push(check)
  return checks
}

function text(message: RawMessage): string {
  return Buffer.from(message.raw).toString('utf8')
}

/** The number of a reply, read from its MIME. */
function number(message: RawMessage): number {
  return Number(/^Message-ID: <reply-(\d+)@/im.exec(text(message))?.[1])
}

function ascending(a: number, b: number): number {
  return a - b
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}
