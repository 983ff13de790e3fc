/** A new mailbox that is full of old mail (promise 9): 20,000 messages, of which some are valid replies. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { processInbound } from '../../src/inbound/process.ts'
import { receive } from '../../src/jobs/receive.ts'
import { saveMailbox } from '../../src/mailboxes/save-mailbox.ts'
import { mailboxForm } from '../../src/mailboxes/settings.ts'
import type { Store } from '../../src/store/store.ts'
import { openTestPglite } from '../support/databases.ts'
import { noDovecot, startDovecot, type TestDovecot } from '../support/dovecot.ts'
import { type JobFloor, openJobFloor } from '../support/open-job-floor.ts'
import { people } from '../support/sample-api.ts'
import { sendOutbound } from '../support/send-outbound.ts'

const COUNT = 20_000
const HOUR_MS = 3_600_000
/** On a busy machine; by itself each takes a few seconds. */
const timeout = 240_000
const { signal } = new AbortController()
const approvals = 'approvals@contoso.example'

let store: Store
let floor: JobFloor
/** An open action, whose approval e-mail went out from another mailbox. */
let requestId: number
let token: string

beforeEach(async () => {
  store = await openTestPglite()
  floor = await openJobFloor(store)
  const { requestId: number, mailId } = await floor.write()
  await sendOutbound(floor.context, floor.mailboxes, [mailId], signal)
  const { messageId } = await floor.mail(mailId)
  requestId = number
  token = /countersign\.([a-z2-7]{16})\./.exec(messageId ?? '')?.[1] ?? ''
  expect(token).not.toBe('')
})
afterEach(async () => {
  await floor.close()
  await store.close()
})

const reply = (number: number) =>
  [
    `From: ${people.manager}`,
    `To: ${approvals}`,
    `Subject: RE: A purchase [#${requestId}-1-${token}]`,
    `Message-ID: <reply-${number}@contoso.example>`,
    '',
    'Yes',
    '',
  ].join('\r\n')

const lunch = (number: number) =>
  [
    `From: ${people.stranger}`,
    `To: ${approvals}`,
    'Subject: Lunch?',
    `Message-ID: <${number}@x>`,
    '',
    'Noon?',
    '',
  ].join('\r\n')

/** A valid reply among other mail, all of it unread. */
const oldMail = () => [reply(0), lunch(1), lunch(2), lunch(3)]

/** A new mailbox, which starts from now; returns its id. */
const save = async (form: unknown) => (await saveMailbox(floor.context, 'fresh', mailboxForm.parse(form))).id

async function receiveAndProcess(mailboxId: string) {
  await receive(floor.context, floor.mailboxes, mailboxId, signal)
  const stored = await floor.takeJobs('process-inbound')
  if (stored.length > 0) await processInbound(floor.context, stored)
  const mailbox = await floor.mailbox(mailboxId)
  expect(mailbox).toMatchObject({ state: 'running', trouble: null })
  return floor.context.db
    .selectFrom('inboundMessage')
    .select(['outcome', 'settleState', 'requestId'])
    .where('mailboxId', '=', mailboxId)
    .execute()
}

const mailsWritten = async () =>
  (await floor.context.db.selectFrom('outboundMessage').select('id').execute()).length

describe.each([
  // At most 400 items a page, as many as may be returned at a time.
  { type: 'exchange-online-ews', scope: 'https://outlook.office365.com/.default', calls: COUNT / 400 + 15 },
  { type: 'exchange-online-graph', scope: 'https://graph.microsoft.com/.default', calls: COUNT / 100 + 15 },
])('a new mailbox of type $type', ({ type, scope, calls }) => {
  test(`leaves ${COUNT} old messages alone, in at most ${calls} calls, and decides what comes then`, {
    timeout,
  }, async () => {
    const { tenant } = floor
    await tenant.fill(approvals, oldMail(), COUNT)
    await tenant.advanceClock(HOUR_MS)
    floor.wait(HOUR_MS)
    const before = (await tenant.calls()).count
    const mailboxId = await save({
      mailbox: { type, host: tenant.host, extraCa: tenant.caPem, user: approvals, defaultReplyTo: approvals },
      oauth: {
        clientId: tenant.clientId,
        clientSecret: tenant.clientSecret,
        tokenEndpoint: tenant.tokenEndpoint,
        scope,
      },
    })
    const mails = await mailsWritten()

    expect(await receiveAndProcess(mailboxId)).toEqual([])
    expect((await tenant.calls()).count - before).toBeLessThanOrEqual(calls)
    for (const content of ['GetItem', 'GetMessageValue', 'MoveItem', 'MoveMessage'])
      expect((await tenant.calls(content)).items).toBe(0)
    expect(await mailsWritten()).toBe(mails)

    await tenant.deliver(approvals, reply(COUNT))
    expect(await receiveAndProcess(mailboxId)).toEqual([
      { outcome: 'decided', settleState: 'done', requestId },
    ])
    const left = await tenant.messages(approvals, 'inbox')
    expect(left).toHaveLength(COUNT)
    expect(left.filter(({ isRead }) => isRead)).toEqual([])
  })
})

describe.skipIf(noDovecot)('a new mailbox of type imap-smtp', () => {
  let dovecot: TestDovecot
  beforeEach(async () => {
    dovecot = await startDovecot()
  })
  afterEach(() => dovecot?.stop())

  test(`leaves ${COUNT} old messages alone, in a dozen commands, and takes what comes then`, {
    timeout,
  }, async () => {
    await (await dovecot.client(approvals)).mailboxOpen('INBOX')
    // The server's clock is the machine's: the messages are two days old, for IMAP tells days only.
    const longAgo = new Date(Date.now() - 48 * HOUR_MS)
    dovecot.fill(approvals, oldMail(), COUNT, longAgo)
    const mailboxId = await save({
      mailbox: {
        type: 'imap-smtp',
        imap: { host: 'localhost', port: dovecot.port.ssl },
        smtp: { host: 'localhost', port: 1 },
        password: dovecot.password,
        extraCa: dovecot.caPem,
        user: approvals,
        defaultReplyTo: approvals,
      },
    })
    const mails = await mailsWritten()
    const client = await dovecot.client(approvals)
    expect(await client.status('INBOX', { messages: true })).toMatchObject({ messages: COUNT })

    expect(await receiveAndProcess(mailboxId)).toEqual([])
    expect(await client.status('INBOX', { messages: true })).toMatchObject({ messages: COUNT })
    const commands = await dovecot.commands(approvals)
    expect(commands.length).toBeLessThanOrEqual(12)
    expect(commands.filter((command) => /FETCH|STORE|MOVE|COPY/.test(command))).toEqual([])
    expect(await mailsWritten()).toBe(mails)

    await client.append('INBOX', reply(COUNT))
    // Held, for nobody but Exchange Online says whom a message is from.
    expect(await receiveAndProcess(mailboxId)).toEqual([{ outcome: 'held', settleState: 'done', requestId }])
    expect(await client.status('INBOX', { messages: true, unseen: true })).toMatchObject({
      messages: COUNT,
      unseen: COUNT,
    })
  })
})
