import { sql } from 'kysely'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Mailbox, Sendable } from '../../src/mail/mailbox.ts'
import { deliver, type Sender } from '../../src/outbound/deliver.ts'
import { ENCLOSED_LIMIT } from '../../src/outbound/enclosures.ts'
import { graphAdapter } from '../contract/exchange-online-adapters.ts'
import { type SimulatedTenant, startSimulatedTenant } from '../contract/simulated-tenant.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { openSampleApi, people, purchase, type SampleApi } from '../support/sample-api.ts'

const { signal } = new AbortController()

describeOnBothDatabases('the approval e-mail of a request with files', (open) => {
  let tenant: SimulatedTenant
  let api: SampleApi
  let adapter: Mailbox
  let mailbox: Sender
  let sent: Sendable[] = []
  beforeAll(async () => {
    tenant = await startSimulatedTenant()
    api = await openSampleApi(await open(), { publicUrl: 'https://approvals.contoso.example' })
    const { caPem, clientSecret } = tenant
    adapter = graphAdapter.open(tenant, {
      servers: tenant,
      caPem,
      secret: clientSecret,
      address: 'approvals@contoso.example',
      watchJunk: true,
    })
    const { id } = await api.context.db.selectFrom('mailbox').select('id').executeTakeFirstOrThrow()
    const recording: Mailbox = {
      ...adapter,
      send: (messages, within) => {
        sent.push(...messages)
        return adapter.send(messages, within)
      },
    }
    mailbox = { id, open: recording, limits: { messagesPerMinute: 10_000, recipientsPerDay: 10_000 } }
  })
  afterAll(async () => {
    await adapter?.close()
    await api?.close()
    await tenant?.close()
  })
  beforeEach(async () => {
    await tenant.reset()
    sent = []
  })

  /** A purchase with these files, by name; returns the id of its waiting approval e-mail. */
  async function write(files: Record<string, Buffer>): Promise<string> {
    const ids: string[] = []
    for (const [name, octets] of Object.entries(files)) {
      const answer = await api.server.inject({
        method: 'POST',
        url: `/api/files?name=${encodeURIComponent(name)}`,
        headers: { authorization: `Bearer ${api.operatorToken}`, 'content-type': 'application/pdf' },
        body: octets,
      })
      ids.push(answer.json().id)
    }
    const body = { process: 'purchase', data: purchase, requester: people.requester, files: ids }
    const made = await api.call(api.operatorToken, 'POST', '/api/requests', body)
    expect(made.status, made.text).toBe(201)
    const { id } = await api.context.db
      .selectFrom('outboundMessage')
      .select('id')
      .where('requestId', '=', made.body.id)
      .executeTakeFirstOrThrow()
    return id
  }

  const rowOf = (id: string) =>
    api.context.db.selectFrom('outboundMessage').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const arrived = async () => (await tenant.messages(people.manager, 'Inbox')).length

  async function parsedMail() {
    const [mail] = sent
    const { attachments, text } = await PostalMime.parse(mail?.mime ?? '')
    return {
      text: text ?? '',
      files: attachments.map(({ filename, content }) => [
        filename,
        Buffer.from(content as ArrayBuffer).length,
      ]),
    }
  }

  test('carries as much as a mail may, names it, and keeps none of it', async () => {
    const half = Buffer.alloc(ENCLOSED_LIMIT / 2, 7)
    const id = await write({ 'Offre signée.pdf': half, 'plan.pdf': half })
    await deliver(api.context, mailbox, [id], signal)
    const row = await rowOf(id)
    expect([row.state, await arrived()]).toEqual(['sent', 1])
    const { text, files } = await parsedMail()
    expect(files).toEqual([
      ['Offre signée.pdf', half.length],
      ['plan.pdf', half.length],
    ])
    expect(text).toContain('Offre signée.pdf (977\u202fko), plan.pdf (977\u202fko)')
    expect(JSON.stringify(row).length).toBeLessThan(20_000)
  })

  test.each([
    ['too large together', { 'offer.pdf': Buffer.alloc(ENCLOSED_LIMIT), 'more.pdf': Buffer.alloc(1) }],
    ['of a kind that is held back', { 'offer.pdf': Buffer.alloc(1), 'setup.exe': Buffer.alloc(1) }],
    ['a text, which could come back as an answer', { 'answer.txt': Buffer.from('Yes') }],
  ])('only names files that are %s, with the address of the portal', async (_, files) => {
    const id = await write(files)
    await deliver(api.context, mailbox, [id], signal)
    expect((await rowOf(id)).state).toBe('sent')
    const mail = await parsedMail()
    expect(mail.files).toEqual([])
    for (const name of Object.keys(files)) expect(mail.text).toContain(`${name} (`)
    expect(mail.text).toContain('dans le portail')
    expect(mail.text).toContain('https://approvals.contoso.example/actions/')
  })

  test('goes out with others in portions that the memory holds, and all of them go out', async () => {
    const waiting: string[] = []
    for (let count = 0; count < 8; count += 1) {
      waiting.push(await write({ 'offer.pdf': Buffer.alloc(ENCLOSED_LIMIT, count) }))
    }
    const { db } = api.context
    await sql`delete from pgboss.job where name = 'send-outbound'`.execute(db)
    await deliver(api.context, mailbox, waiting, signal)
    const first = sent.length
    expect(first).toBeGreaterThan(4)
    expect(first).toBeLessThan(8)
    const left = []
    for (const id of waiting) if ((await rowOf(id)).state === 'waiting') left.push(id)
    expect(left).toHaveLength(8 - first)
    const { rows } = await sql<{ id: string }>`
      select data->>'outboundMessageId' as id from pgboss.job where name = 'send-outbound'`.execute(db)
    expect(rows.map(({ id }) => id).sort()).toEqual(left.sort())
    await deliver(api.context, mailbox, left, signal)
    expect(sent).toHaveLength(8)
    expect(await arrived()).toBe(8)
  })
})
