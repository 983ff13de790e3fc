/** `docs/state-machines.md` against what the database allows and sees. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { processInbound } from '../../src/inbound/process.ts'
import { receive } from '../../src/jobs/receive.ts'
import { resumeDue } from '../../src/jobs/resume-due.ts'
import { putInOutbox } from '../../src/outbound/outbox.ts'
import type { Store } from '../../src/store/store.ts'
import type { Fault } from '../contract/simulated-tenant.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type JobFloor, openJobFloor } from '../support/open-job-floor.ts'
import { people } from '../support/sample-api.ts'
import { sendOutbound } from '../support/send-outbound.ts'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs/state-machines.md'), 'utf8')

interface Machine {
  table: string
  column: string
  /** `from → to`, as drawn and as the table under the drawing has them. */
  drawn: string[]
  listed: string[]
}

const machines = page
  .split(/^## /m)
  .slice(1)
  .map((section): Machine => {
    const [, table = '', column = ''] = /^`(\w+)\.(\w+)`/m.exec(section) ?? []
    const drawn = [...section.matchAll(/^ +(\S+) --> (\w+)$/gm)].map(([, from, to]) => `${from} → ${to}`)
    const listed = [...section.matchAll(/^\| ([a-z, –]+) \| (\w+) \|/gm)]
      .filter(([, from]) => from !== 'from')
      .flatMap(([, from = '', to]) => from.split(', ').map((one) => `${one === '–' ? '[*]' : one} → ${to}`))
    return { table, column, drawn: drawn.sort(), listed: [...new Set(listed)].sort() }
  })

describe('docs/state-machines.md', () => {
  test('lists what it draws', () => {
    expect(machines.map(({ table, column }) => `${table}.${column}`)).toEqual([
      'outbound_message.state',
      'inbound_message.state',
      'inbound_message.settle_state',
    ])
    for (const { drawn, listed } of machines) expect(listed).toEqual(drawn)
  })

  test('names functions that there are, where they are', () => {
    const named = [...page.matchAll(/`(\w+)` in `(src\/[\w/.-]+)`/g)]
    expect(named.length).toBeGreaterThan(20)
    for (const [, name, file = ''] of named) {
      expect(existsSync(join(root, file)), file).toBe(true)
      expect(readFileSync(join(root, file), 'utf8'), file).toMatch(
        new RegExp(`^(export )?((async )?function|const) ${name}\\b`, 'm'),
      )
    }
  })
})

const { signal } = new AbortController()
const approvals = 'approvals@contoso.example'
const refused: Fault = { code: 'ErrorInvalidRecipients', as: 'response' }
const full: Fault = { code: 'ErrorQuotaExceeded', as: 'response' }
/** What moving one message comes to, five times. */
const stuck: Fault[] = Array.from({ length: 40 }, () => ({ code: 'ErrorMoveCopyFailed', as: 'response' }))

describeOnBothDatabases('each transition that is drawn is made, and no other', (open) => {
  let store: Store
  let floor: JobFloor
  beforeAll(async () => {
    store = await open()
    floor = await openJobFloor(store)
    await store.pool.query(`
      create table seen (transition text);
      create function note_transition() returns trigger language plpgsql as $$
      declare
        before text := case when tg_op = 'INSERT' then '[*]' else to_jsonb(old) ->> tg_argv[0] end;
        now text := to_jsonb(new) ->> tg_argv[0];
      begin
        if before <> now then
          insert into seen values (tg_table_name || '.' || tg_argv[0] || ': ' || before || ' → ' || now);
        end if;
        return new;
      end $$`)
    for (const { table, column } of machines) {
      await store.pool.query(
        `create trigger note_${column} after insert or update on ${table}
         for each row execute function note_transition('${column}')`,
      )
    }
  })
  afterAll(() => floor?.close())
  beforeEach(async () => {
    await floor.tenant.reset()
    await floor.tenant.change({ messageRateLimit: null })
    await free()
  })

  /** The mailbox may be called, whatever it answered before. */
  const free = () =>
    floor.context.db
      .updateTable('mailbox')
      .set({ state: 'running', retryAt: null, sendRetryAt: null, trouble: null })
      .execute()

  async function send(mailId: string): Promise<void> {
    const { nextAttemptAt } = await floor.mail(mailId)
    floor.wait(Math.max(0, nextAttemptAt.getTime() - floor.now().getTime()))
    await free()
    await sendOutbound(floor.context, floor.mailboxes, [mailId], signal)
  }

  /** A mail after one attempt to send it. */
  async function sent(...faults: Fault[]): Promise<string> {
    const { mailId } = await floor.write()
    await floor.tenant.fault('CreateItem', ...faults)
    await send(mailId)
    return mailId
  }

  async function sendUntil(mailId: string, state: string, fault: () => Promise<void>): Promise<void> {
    for (let attempt = 0; (await floor.mail(mailId)).state !== state; attempt += 1) {
      if (attempt === 1_000) throw new Error(`the mail never is ${state}`)
      await fault()
      await send(mailId)
    }
  }

  const runAgain = (id: string, body?: object) =>
    floor.call(floor.operatorToken, 'POST', `/api/dead-letters/${id}/run-again`, body)

  async function bounce(mailId: string): Promise<void> {
    const { messageId } = await floor.mail(mailId)
    const raw = [
      'From: postmaster@contoso.example',
      `To: ${approvals}`,
      'Subject: Undeliverable',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns;contoso.example',
      '',
      `Final-Recipient: rfc822;${people.manager}`,
      'Action: failed',
      'Status: 5.1.1',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${messageId}`,
      '--b--',
      '',
    ].join('\r\n')
    await processInbound(floor.context, [await floor.store({ raw, providerId: `bounce of ${mailId}` })])
    expect((await floor.mail(mailId)).state).toBe('undelivered')
  }

  /** As a process leaves it that dies between the commit and the answer. */
  const leaveSending = (mailId: string) =>
    floor.context.db
      .updateTable('outboundMessage')
      .set({
        state: 'sending',
        sendingSince: floor.now(),
        messageId: `<countersign.${mailId}@contoso.example>`,
      })
      .where('id', '=', mailId)
      .execute()

  test('of a mail that goes out, comes back and goes out again', async () => {
    const mailId = await sent()
    await bounce(mailId)
    await runAgain(mailId)
    await send(mailId)
    expect((await floor.mail(mailId)).state).toBe('sent')
  })

  test('of a mail that is refused, for now and for ever', async () => {
    const mailId = await sent(full)
    await sendUntil(mailId, 'dead', () => floor.tenant.fault('CreateItem', refused))
    await runAgain(mailId)
    expect((await floor.mail(mailId)).state).toBe('waiting')
  })

  test('of a mail whose action is closed', async () => {
    const { mailId, requestId } = await floor.write()
    const administrator = await floor.tokenFor(people.administrator)
    await floor.call(administrator, 'POST', `/api/requests/${requestId}/cancel`)
    expect((await floor.mail(mailId)).state).toBe('cancelled')
  })

  test('of a mail that cannot be composed', async () => {
    const { mailboxId, toAddress, personId, requestId, actionId } = await floor.mail(
      (await floor.write()).mailId,
    )
    // Says that nobody is away.
    const mail = { kind: 'approver-away', mailboxId, toAddress, personId, requestId, actionId } as const
    const [mailId = ''] = await floor.context.db
      .transaction()
      .execute((tx) => putInOutbox(tx, floor.context, [mail]))
    await sendUntil(mailId, 'dead', async () => undefined)
  })

  test('of a mail of unknown outcome', async () => {
    const arrived = await sent('cutAfter')
    await sendUntil(arrived, 'sent', async () => undefined)
    const lost = await sent('cut')
    await sendUntil(lost, 'sent', async () => undefined)
    await bounce(await sent('cutAfter'))

    const never = await sent('cutAfter')
    await sendUntil(never, 'dead', () => floor.tenant.fault('FindItem', { status: 503 }))
    await floor.tenant.reset()
    await runAgain(never)
    expect((await floor.mail(never)).state).toBe('unknown')
  })

  test('of a mail whose sender died', async () => {
    const found = await floor.write()
    await leaveSending(found.mailId)
    await resumeDue(floor.context, { atStart: true, isOnlyProcess: true })
    expect((await floor.mail(found.mailId)).state).toBe('unknown')
    const returned = await floor.write()
    await leaveSending(returned.mailId)
    await bounce(returned.mailId)
  })

  test('of a message that is read, and of one that cannot be', async () => {
    const id = await floor.store({ raw: 'no header', providerId: 'unreadable' })
    await processInbound(floor.context, [id])
    await runAgain(id)
    const { state } = await floor.context.db
      .selectFrom('inboundMessage')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(state).toBe('received')
  })

  test('of a message that is put aside, and of one that cannot be', async () => {
    const token = /countersign\.([a-z2-7]{16})\./.exec((await floor.mail(await sent())).messageId ?? '')?.[1]
    const reply = `From: ${people.manager}\r\nTo: ${approvals}\r\nSubject: RE: Purchase [#1-1-${token}]\r\n\r\nYes`
    const settled = async () => {
      await receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
      const row = await floor.context.db
        .selectFrom('inboundMessage')
        .select('settleState')
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow()
      return row.settleState
    }
    await floor.tenant.deliver(approvals, reply)
    expect(await settled()).toBe('done')
    await floor.tenant.deliver(approvals, reply)
    await floor.tenant.fault('MoveItem', ...stuck)
    for (let round = 0; (await settled()) === 'due'; round += 1) {
      if (round === 20) throw new Error('it is put aside without end')
      await free()
    }
    expect(await settled()).toBe('failed')
  })

  test('of a mail and of a reply that a restored database does not know the end of', async () => {
    const token = /countersign\.([a-z2-7]{16})\./.exec((await floor.mail(await sent())).messageId ?? '')?.[1]
    const reply = `From: ${people.manager}\r\nTo: ${approvals}\r\nSubject: RE: Purchase [#1-1-${token}]\r\n\r\nYes`
    const mailbox = await floor.mailboxes.open(await floor.mailbox())
    await mailbox.settle([await floor.tenant.deliver(approvals, reply)], 'move', signal)
    const { mailId } = await floor.write()

    // Our clock is days ahead of the tenant's by now.
    const since = '2026-01-01T00:00:00Z'
    await floor.call(floor.operatorToken, 'POST', '/api/mailboxes/main/reattach', { since })
    await receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
    const message = await floor.context.db
      .selectFrom('inboundMessage')
      .select(['folder', 'settleState'])
      .where('folder', '=', 'processed')
      .executeTakeFirst()
    expect(message).toEqual({ folder: 'processed', settleState: 'done' })
    expect((await floor.mail(mailId)).state).toBe('unknown')
    await sendUntil(mailId, 'sent', async () => undefined)
    expect((await floor.mail(mailId)).messageId).toContain(mailId)
  })

  test('and the database allows the states that are drawn', async () => {
    const { rows } = await store.pool.query<{ definition: string }>(
      `select pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'c'
       and conrelid in ('inbound_message'::regclass, 'outbound_message'::regclass)`,
    )
    for (const { column, drawn } of machines) {
      const states = new Set(drawn.map((transition) => transition.split(' → ')[1]))
      const allowed = rows
        .filter(({ definition }) => definition.startsWith(`CHECK ((${column} = ANY`))
        .map(({ definition }) =>
          [...definition.matchAll(/'([a-z]+)'::text/g)].map(([, state]) => state).sort(),
        )
      expect(allowed).toContainEqual([...states].sort())
    }
  })

  test('and these were all', async () => {
    const { rows } = await store.pool.query<{ transition: string }>('select distinct transition from seen')
    const drawn = machines.flatMap(({ table, column, drawn }) =>
      drawn.map((one) => `${table}.${column}: ${one}`),
    )
    expect(rows.map(({ transition }) => transition).sort()).toEqual(drawn.sort())
  })
})
