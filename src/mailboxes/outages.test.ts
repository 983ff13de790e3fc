import { createHmac, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { type JobFloor, openJobFloor } from '../../test/support/open-job-floor.ts'
import { reportOutages } from '../jobs/report-outages.ts'
import { createHttpClient, type HttpClient } from '../lib/http-client.ts'
import { createWebhook, type PostToWebhook } from '../lib/webhook.ts'
import { MailError } from '../mail/errors.ts'
import { endTrouble, noteTrouble } from './note-trouble.ts'

const MINUTE_MS = 60_000
const { signal } = new AbortController()
const key = randomBytes(32)

/** The other side: what it was sent, and what it answers. */
async function startReceiver() {
  const got: { headers: IncomingHttpHeaders; body: string }[] = []
  const answers: number[] = []
  const server = createServer(async (request, response) => {
    got.push({ headers: request.headers, body: await text(request) })
    response.writeHead(answers.shift() ?? 204, { location: '/elsewhere' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=of-the-receiver`,
    answers,
    /** What came since the last look. */
    taken: () => got.splice(0).map(({ headers, body }) => ({ headers, body, ...JSON.parse(body) })),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describeOnBothDatabases('the outage of a mailbox', (open) => {
  let floor: JobFloor
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  let http: HttpClient
  let webhook: PostToWebhook
  beforeAll(async () => {
    floor = await openJobFloor(await open())
    receiver = await startReceiver()
    http = createHttpClient({ extraCa: null })
    const secret = `whsec_${key.toString('base64')}`
    webhook = createWebhook({ url: receiver.url, secret }, { http, clock: floor.now })
  })
  afterAll(async () => {
    await http?.close()
    await receiver?.close()
    await floor?.close()
  })
  beforeEach(async () => {
    await floor.context.db.deleteFrom('mailboxOutage').execute()
    await floor.context.db
      .updateTable('mailbox')
      .set({ state: 'running', trouble: null, failures: 0 })
      .execute()
  })

  const report = (to: PostToWebhook | null = webhook) => reportOutages(floor.context, to, signal)
  const fail = async (providerCode: string, retry: 'later' | 'pause-mailbox' = 'later') => {
    const kind = retry === 'later' ? 'unavailable' : 'auth'
    await noteTrouble(
      floor.context,
      await floor.mailbox(),
      new MailError(providerCode, { kind, retry, providerCode }),
      'receive',
    )
  }
  const mend = async () => endTrouble(floor.context, await floor.mailbox(), 'receive')

  test('is told after five minutes, once, and once more when it is over', async () => {
    const since = floor.now().toISOString()
    await fail('ECONNREFUSED')
    floor.wait(5 * MINUTE_MS - 1)
    await report()
    expect(receiver.taken()).toEqual([])
    // Another failure is the same outage.
    await fail('ETIMEDOUT')
    floor.wait(1)
    await report()
    const [down, ...more] = receiver.taken()
    expect(more).toEqual([])
    expect(down).toMatchObject({
      type: 'mailbox.down',
      timestamp: floor.now().toISOString(),
      data: {
        mailbox: 'main',
        address: 'approvals@contoso.example',
        since,
        until: null,
        code: 'ETIMEDOUT',
        reason: { en: expect.stringMatching(/./), fr: expect.stringMatching(/./) },
      },
    })

    await report()
    await fail('ENOTFOUND')
    floor.wait(MINUTE_MS)
    await report()
    expect(receiver.taken()).toEqual([])

    await mend()
    await report()
    await report()
    const [up, ...rest] = receiver.taken()
    expect(rest).toEqual([])
    expect(up).toMatchObject({ type: 'mailbox.up', data: { since, until: floor.now().toISOString() } })
    expect(up.headers['webhook-id']).not.toBe(down.headers['webhook-id'])
  })

  test('is told at once when the mailbox is paused, by a job of its own', async () => {
    await floor.takeJobs('report-outages')
    await fail('AADSTS7000222', 'pause-mailbox')
    const { jobs } = await floor.context.db
      .selectFrom(sql<object>`pgboss.job`.as('job'))
      .select(({ fn }) => fn.countAll().as('jobs'))
      .where(sql`name`, '=', 'report-outages')
      .executeTakeFirstOrThrow()
    expect(Number(jobs)).toBe(1)
    await report()
    expect(receiver.taken()).toMatchObject([{ type: 'mailbox.down', data: { code: 'AADSTS7000222' } }])
  })

  test('is signed as Standard Webhooks lays down', async () => {
    await fail('AADSTS7000222', 'pause-mailbox')
    await report()
    const [{ headers, body }] = receiver.taken()
    const { 'webhook-id': id, 'webhook-timestamp': timestamp } = headers
    expect(Number(timestamp)).toBe(Math.floor(floor.now().getTime() / 1000))
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${expected}`)
  })

  test('that the webhook does not take is told again, backing off, under the same id', async () => {
    receiver.answers.push(500, 302)
    await fail('AADSTS7000222', 'pause-mailbox')
    await report()
    await report()
    const first = receiver.taken()
    expect(first).toHaveLength(1)
    floor.wait(10_000)
    await report()
    expect(receiver.taken()).toHaveLength(1)
    floor.wait(MINUTE_MS)
    await report()
    await report()
    const last = receiver.taken()
    expect(last).toHaveLength(1)
    expect(last[0].headers['webhook-id']).toBe(first[0].headers['webhook-id'])
  })

  test('that ended before it could be told is told to nobody', async () => {
    receiver.answers.push(500)
    await fail('AADSTS7000222', 'pause-mailbox')
    await report()
    receiver.taken()
    await mend()
    floor.wait(60 * MINUTE_MS)
    await report()
    expect(receiver.taken()).toEqual([])
  })

  test('is given up after a hundred attempts, some day later', async () => {
    const began = floor.now()
    await fail('AADSTS7000222', 'pause-mailbox')
    receiver.answers.push(...Array.from({ length: 100 }, () => 500))
    for (let attempt = 0; attempt < 100; attempt += 1) {
      await report()
      floor.wait(20 * MINUTE_MS)
    }
    expect(receiver.taken()).toHaveLength(100)
    await report()
    expect(receiver.taken()).toEqual([])
    expect(floor.now().getTime() - began.getTime()).toBeGreaterThan(20 * 60 * MINUTE_MS)
  })

  test('goes on when its settings are saved and are wrong still', async () => {
    await fail('AADSTS7000215', 'pause-mailbox')
    await report()
    await floor.saveMailbox('main', 'approvals@contoso.example', 'not-the-secret')
    expect(await floor.mailbox()).toMatchObject({ state: 'running', trouble: null })
    await report()
    await fail('AADSTS7000222', 'pause-mailbox')
    await report()
    expect(receiver.taken()).toMatchObject([{ type: 'mailbox.down' }])

    await floor.saveMailbox('main', 'approvals@contoso.example')
    await mend()
    await report()
    expect(receiver.taken()).toMatchObject([{ type: 'mailbox.up' }])
  })

  test('ends when the mailbox is switched off, and is told when a webhook is set later', async () => {
    await fail('AADSTS7000222', 'pause-mailbox')
    await report(null)
    await report()
    expect(receiver.taken()).toMatchObject([{ type: 'mailbox.down' }])
    await floor.context.db.updateTable('mailbox').set({ state: 'disabled' }).execute()
    await report()
    expect(receiver.taken()).toMatchObject([{ type: 'mailbox.up' }])
  })
})

test('what the webhook says in an error names neither its URL nor its secret', async () => {
  const http = createHttpClient({ extraCa: null })
  const receiver = await startReceiver()
  receiver.answers.push(500)
  const post = createWebhook({ url: receiver.url, secret: null }, { http, clock: () => new Date() })
  const news = { id: '1', type: 'mailbox.down', data: {} }
  const refused = await post(news, signal).catch((error: unknown) => error)
  expect(receiver.taken()[0].headers).not.toHaveProperty('webhook-signature')
  await receiver.close()
  const unreachable = await post(news, signal).catch((error: unknown) => error)
  for (const error of [refused, unreachable]) {
    expect(error).toBeInstanceOf(Error)
    expect(`${error} ${JSON.stringify(error)} ${(error as Error).stack}`).not.toContain('of-the-receiver')
  }
  await http.close()
})
