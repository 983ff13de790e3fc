import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { processInbound } from '../../src/inbound/process.ts'
import { receive } from '../../src/jobs/receive.ts'
import { onMilestone } from '../../src/lib/milestones.ts'
import type { Mailbox, Received, ReceiveRequest } from '../../src/mail/mailbox.ts'
import type { OpenMailboxes } from '../../src/mailboxes/open-mailboxes.ts'
import { reattachMailbox } from '../../src/mailboxes/reattach-mailbox.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type JobFloor, openJobFloor } from '../support/open-job-floor.ts'
import { people } from '../support/sample-api.ts'
import { sendOutbound } from '../support/send-outbound.ts'

const { signal } = new AbortController()
const approvals = 'approvals@contoso.example'
const HOUR_MS = 3_600_000

describeOnBothDatabases('a mailbox whose database was restored', (open) => {
  let floor: JobFloor
  let count = 0
  beforeAll(async () => {
    floor = await openJobFloor(await open())
  })
  afterAll(() => floor?.close())
  beforeEach(async () => {
    await floor.context.db.updateTable('mailbox').set({ cursor: null, readFrom: null }).execute()
    await receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
  })

  async function ask(): Promise<{ requestId: number; token: string }> {
    const { requestId, mailId } = await floor.write()
    await sendOutbound(floor.context, floor.mailboxes, [mailId], signal)
    const { messageId } = await floor.mail(mailId)
    return { requestId, token: /countersign\.([a-z2-7]{16})\./.exec(messageId ?? '')?.[1] ?? '' }
  }

  async function reply(token: string, word: string): Promise<void> {
    count += 1
    const lines = [
      `From: ${people.manager}`,
      `To: ${approvals}`,
      `Message-ID: <${count}@contoso.example>`,
      `Subject: RE: Purchase [#1-1-${token}]`,
      '',
      word,
    ]
    await floor.tenant.deliver(approvals, lines.join('\r\n'))
  }

  /** Puts aside what lies in the Inbox, which the database knows nothing of: it was done since the backup. */
  async function putAside(): Promise<void> {
    const mailbox = await floor.mailboxes.open(await floor.mailbox())
    const { messages } = await mailbox.receive({
      cursor: null,
      startFrom: new Date(0),
      areOurs: async (heads) => heads.map(() => true),
      isKnown: async () => new Set(),
      limit: { messages: 400, bytes: 1_000_000 },
      signal,
    })
    await mailbox.settle(
      messages.map(({ providerId }) => providerId),
      'move',
      signal,
    )
  }

  async function processWaiting(): Promise<void> {
    const waiting = await floor.context.db
      .selectFrom('inboundMessage')
      .select('id')
      .where('state', '=', 'received')
      .execute()
    if (waiting.length > 0)
      await processInbound(
        floor.context,
        waiting.map(({ id }) => id),
      )
  }

  /** The open mailboxes, which receive in another way. */
  function receivingAs(
    receiveFrom: (mailbox: Mailbox, request: ReceiveRequest) => Promise<Received>,
  ): OpenMailboxes {
    return {
      ...floor.mailboxes,
      async open(row) {
        const mailbox = await floor.mailboxes.open(row)
        return { ...mailbox, receive: (request) => receiveFrom(mailbox, request) }
      },
    }
  }

  test('lets the answer count that came first, though a later one is read before it', async () => {
    const { requestId, token } = await ask()
    await reply(token, 'No\r\n\r\nWe have enough of them.')
    await putAside()
    // The tenant tells times to the second.
    await floor.tenant.advanceClock(5_000)
    await reply(token, 'Yes')
    await reattachMailbox(floor.context, 'main', { since: null })
    // One message a page, and workers that are faster than the reading.
    const page = receivingAs(async (mailbox, request) => {
      await processWaiting()
      return mailbox.receive({ ...request, limit: { messages: 1, bytes: 1_000_000 } })
    })
    // And a process that dies in the middle of it.
    const dying = new AbortController()
    const forget = onMilestone('messages-stored', () => dying.abort())
    await receive(floor.context, page, floor.mailboxId, dying.signal)
    forget()
    expect(await floor.mailbox()).toMatchObject({ reattachment: { endedAt: null } })
    await receive(floor.context, page, floor.mailboxId, signal)
    expect(await floor.mailbox()).toMatchObject({ reattachment: { endedAt: expect.any(String) } })
    const decisions = await floor.context.db
      .selectFrom('decision')
      .innerJoin('action', 'action.id', 'decision.actionId')
      .select('result')
      .where('requestId', '=', requestId)
      .execute()
    expect(decisions).toEqual([{ result: 'NO' }])
  })

  test('is read from where an earlier reading was to begin that did not come to its end', async () => {
    const readFrom = new Date(floor.now().getTime() - 72 * HOUR_MS)
    const startFrom = new Date(readFrom.getTime() - HOUR_MS)
    await floor.context.db.updateTable('mailbox').set({ startFrom, readFrom }).execute()
    const { since } = await reattachMailbox(floor.context, 'main', { since: null })
    expect(since).toEqual(readFrom)
    expect(await reattachMailbox(floor.context, 'main', { since: floor.now() })).toMatchObject({
      since: readFrom,
    })
  })

  test('begins anew when it is asked for again while it is read', async () => {
    await floor.context.db
      .updateTable('mailbox')
      .set({ startFrom: new Date(0) })
      .execute()
    const { requestId, token } = await ask()
    await reply(token, 'Yes')
    await reattachMailbox(floor.context, 'main', { since: new Date(Date.now() + HOUR_MS) })
    const slow = receivingAs(async (mailbox, request) => {
      const received = await mailbox.receive(request)
      await reattachMailbox(floor.context, 'main', { since: new Date(0) })
      return received
    })
    await receive(floor.context, slow, floor.mailboxId, signal).catch(() => undefined)
    await receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
    await processWaiting()
    const { status } = (await floor.call(floor.operatorToken, 'GET', `/api/requests/${requestId}`)).body
      .actions[0]
    expect(status).toBe('decided')
  })
})
