import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eraseExpired } from '../../src/inbound/erase-expired.ts'
import { processInbound } from '../../src/inbound/process.ts'
import { cleanUp } from '../../src/jobs/clean-up.ts'
import { verifyAudit } from '../../src/store/audit.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type JobFloor, openJobFloor } from '../support/open-job-floor.ts'
import { people } from '../support/sample-api.ts'
import { sendOutbound } from '../support/send-outbound.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const { signal } = new AbortController()

describeOnBothDatabases('messages that are kept for thirty days', (open) => {
  let floor: JobFloor
  let administrator: string
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-retention-'))
    floor = await openJobFloor(await open())
    floor.context.rawDirectory = directory
    administrator = await floor.tokenFor(people.administrator)
    await floor.tenant.change({ messageRateLimit: null })
  })
  afterAll(async () => {
    await floor?.close()
    await rm(directory, { recursive: true, force: true })
  })

  async function keepFor(keepMessagesDays: number | null): Promise<void> {
    const { settings } = await floor.mailbox()
    await floor.context.db
      .updateTable('mailbox')
      .set({ settings: JSON.stringify({ ...settings, keepMessagesDays }) })
      .execute()
  }

  /** A purchase whose approval e-mail went out, and the manager's reply to it, with something large below. */
  async function answer(text: string): Promise<{ inboundId: string; mailId: string; requestId: number }> {
    const { mailId, requestId } = await floor.write()
    await sendOutbound(floor.context, floor.mailboxes, [mailId], signal)
    const token = /countersign\.([a-z2-7]{16})\./.exec((await floor.mail(mailId)).messageId ?? '')?.[1]
    const lines = [
      'X-MS-Exchange-Organization-AuthAs: Internal',
      `From: ${people.manager}`,
      'To: approvals@contoso.example',
      `Subject: RE: Purchase [#${requestId}-1-${token}]`,
      '',
      text,
      '',
      `> ${'x'.repeat(900)}\r\n`.repeat(400),
    ]
    const inboundId = await floor.store({ raw: lines.join('\r\n'), providerId: `reply-${requestId}` })
    await processInbound(floor.context, [inboundId])
    return { inboundId, mailId, requestId }
  }

  const inbound = (id: string) =>
    floor.context.db.selectFrom('inboundMessage').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const get = (url: string) => floor.call(administrator, 'GET', url)
  const erase = () => eraseExpired(floor.context, signal)
  const files = async () =>
    (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())

  test('are erased the day after, and what was decided by them stays', async () => {
    await keepFor(null)
    const { inboundId, mailId, requestId } = await answer('Oui\r\n\r\nAvant le 15, merci.')
    expect(await inbound(inboundId)).toMatchObject({ outcome: 'decided', raw: null })
    floor.wait(30 * DAY_MS + 1)
    expect(await erase()).toBe(0)
    await keepFor(31)
    expect(await erase()).toBe(0)
    await keepFor(30)
    expect(await erase()).toBe(2)
    expect(await erase()).toBe(0)

    expect(await inbound(inboundId)).toMatchObject({
      raw: null,
      subject: '',
      reading: null,
      transportHeaders: null,
      erasedAt: floor.now(),
      outcome: 'decided',
      fromAddress: people.manager,
      verdict: { verdict: 'accepted' },
    })
    expect((await floor.mail(mailId)).sentText).toBeNull()
    const shown = await get(`/api/messages/${inboundId}`)
    expect(shown.body).toMatchObject({
      erasedAt: floor.now().toISOString(),
      reading: null,
      decision: { result: 'YES', comment: 'Avant le 15, merci.' },
    })
    expect(await get(`/api/messages/${inboundId}/raw`)).toMatchObject({
      status: 410,
      body: { code: 'message-erased', values: { at: floor.now().toISOString() } },
    })
    expect((await verifyAudit(floor.context.db, { requestId })).broken).toEqual([])
  })

  test('are kept while their action is open', async () => {
    await keepFor(30)
    const { inboundId, mailId, requestId } = await answer('Peut-être demain ?')
    expect(await inbound(inboundId)).toMatchObject({ outcome: 'asked-back' })
    floor.wait(31 * DAY_MS)
    expect(await erase()).toBe(0)
    await floor.call(administrator, 'POST', `/api/requests/${requestId}/cancel`)
    expect(await erase()).toBe(2)
    expect((await inbound(inboundId)).erasedAt).not.toBeNull()
    expect((await floor.mail(mailId)).sentText).toBeNull()
  })

  test('are erased in batches, whatever became of them, and not run again', async () => {
    await keepFor(30)
    const dead = await floor.store({ raw: 'no header', providerId: 'dead' })
    await processInbound(floor.context, [dead])
    expect((await inbound(dead)).state).toBe('dead')
    for (let count = 0; count < 600; count += 1) {
      await floor.store({ raw: `Subject: ${count}\r\n\r\n`, providerId: `old-${count}` })
    }
    const waiting = await floor.store({ raw: 'Subject: waits\r\n\r\n', providerId: 'waiting' })
    await floor.context.db
      .updateTable('inboundMessage')
      .set({ state: 'processed', outcome: 'rejected' })
      .where('providerId', 'like', 'old-%')
      .execute()
    floor.wait(31 * DAY_MS)
    expect(await erase()).toBe(601)
    expect((await inbound(waiting)).erasedAt).toBeNull()
    expect((await get('/api/dead-letters')).body.items).toEqual([])
    expect((await floor.call(administrator, 'POST', `/api/dead-letters/${dead}/run-again`)).status).toBe(409)
  })

  test('lose their file in the night after', async () => {
    await keepFor(30)
    const { inboundId } = await answer('Oui')
    const kept = await answer('Peut-être')
    const old = new Date(0)
    for (const { parentPath, name } of await files()) await utimes(join(parentPath, name), old, old)
    floor.wait(31 * DAY_MS)
    await cleanUp(floor.context, signal)
    const { rawSha256 } = await inbound(kept.inboundId)
    expect((await inbound(inboundId)).erasedAt).not.toBeNull()
    expect((await files()).map(({ name }) => name)).toEqual([`${rawSha256.slice(2)}.eml`])
    expect((await get(`/api/messages/${kept.inboundId}/raw`)).status).toBe(200)
  })
})
