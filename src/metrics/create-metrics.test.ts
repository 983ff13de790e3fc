import { readFileSync } from 'node:fs'
import { platform } from 'node:os'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { openSampleApi, people, purchase, type SampleApi } from '../../test/support/sample-api.ts'
import { createLog } from '../lib/log.ts'
import { reached } from '../lib/milestones.ts'
import { createMetrics, type Metrics } from './create-metrics.ts'

const now = new Date('2026-11-25T09:00:00Z')
const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds)

/** The value of a sample in the text format; undefined when there is none. */
async function sample(metrics: Metrics, name: string): Promise<number | undefined> {
  const { text } = await metrics.scrape()
  const line = text.split('\n').find((each) => each.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length))
}

describe('the table in docs/metrics.md', () => {
  test('lists each metric with its type and labels, and no other', async () => {
    const metrics = createMetrics({} as never)
    const kinds = await metrics.registry.getMetricsAsArray()
    const found = kinds.map((metric) => {
      const { name, labelNames } = metric as unknown as { name: string; labelNames: string[] }
      return [
        name,
        metric.constructor.name.toLowerCase(),
        labelNames.map((label) => `\`${label}\``).join(', ') || '–',
      ]
    })
    metrics.close()
    const rows = readFileSync('docs/metrics.md', 'utf8').matchAll(/^\| `(\w+)` \| (\w+) \| (.+?) \| .+ \|$/gm)
    const documented = [...rows].map(([, ...cells]) => cells)
    // Some that are not ours are known on Linux alone.
    const lines = (rows: (string | undefined)[][]) =>
      rows
        .map((cells) => cells.join(' '))
        .filter((line) => platform() === 'linux' || line.startsWith('countersign_'))
        .sort()
    expect(lines(documented)).toEqual(lines(found))
  })
})

describe('what happens is counted at its milestone', () => {
  let metrics: Metrics
  beforeEach(() => {
    metrics = createMetrics({ clock: () => now, log: createLog('silent') } as never)
    return () => metrics.close()
  })

  test('replies', async () => {
    reached('messages-fetched', { mailboxId: '1', messages: 3, failed: 1 })
    reached('messages-stored', { mailboxId: '1', messages: 2 })
    reached('messages-settled', { mailboxId: '1', messages: 2 })
    reached('settle-kept', { mailboxId: '1', messages: 1 })
    reached('reply-acted-on', { inboundMessageId: '1', outcome: 'decided', receivedAt: ago(1_500) })
    reached('reply-acted-on', { inboundMessageId: '2', outcome: 'late', receivedAt: ago(9_000) })
    // By a clock that is ahead of ours.
    reached('reply-acted-on', { inboundMessageId: '3', outcome: 'decided', receivedAt: ago(-5_000) })
    reached('action-decided', { door: 'api' })
    for (const [name, value] of Object.entries({
      countersign_messages_fetched_total: 3,
      countersign_messages_fetch_failed_total: 1,
      countersign_messages_stored_total: 2,
      countersign_messages_settled_total: 1,
      'countersign_replies_total{outcome="decided"}': 2,
      'countersign_replies_total{outcome="late"}': 1,
      'countersign_decisions_total{door="mail"}': 2,
      'countersign_decisions_total{door="api"}': 1,
      countersign_arrival_to_decision_seconds_count: 2,
      countersign_arrival_to_decision_seconds_sum: 1.5,
      'countersign_arrival_to_decision_seconds_bucket{le="1"}': 1,
      'countersign_arrival_to_decision_seconds_bucket{le="2"}': 2,
    })) {
      expect(await sample(metrics, name), name).toBe(value)
    }
  })

  test('mails, tokens, jobs and requests', async () => {
    const mails = [
      { kind: 'approval', state: 'sent' },
      { kind: 'approval', state: 'sent' },
      { kind: 'late', state: 'dead' },
    ]
    reached('mails-settled', { mailboxId: '1', mails })
    reached('token-refused', { kind: 'auth' })
    reached('jobs-done', { queue: 'receive', done: 2, failed: 1 })
    reached('request-answered', { method: 'GET', route: '/api/requests/:id', status: 404, seconds: 0.02 })
    for (const [name, value] of Object.entries({
      'countersign_mails_total{kind="approval",state="sent"}': 2,
      'countersign_mails_total{kind="late",state="dead"}': 1,
      'countersign_token_failures_total{kind="auth"}': 1,
      'countersign_jobs_total{queue="receive",outcome="done"}': 2,
      'countersign_jobs_total{queue="receive",outcome="failed"}': 1,
      'countersign_http_request_seconds_count{method="GET",route="/api/requests/:id",status="404"}': 1,
      'countersign_http_request_seconds_sum{method="GET",route="/api/requests/:id",status="404"}': 0.02,
    })) {
      expect(await sample(metrics, name), name).toBe(value)
    }
  })

  test('no more when it is closed, and what it counted stays when the database is gone', async () => {
    reached('action-decided', { door: 'api' })
    expect(await sample(metrics, 'countersign_database_up')).toBe(0)
    expect(await sample(metrics, 'countersign_decisions_total{door="api"}')).toBe(1)
    expect(await sample(metrics, 'countersign_waiting{for="sending"}')).toBeUndefined()
    metrics.close()
    reached('action-decided', { door: 'api' })
    expect(await sample(metrics, 'countersign_decisions_total{door="api"}')).toBeUndefined()
  })
})

describeOnBothDatabases('how things stand is looked up', (open) => {
  let api: SampleApi
  let metrics: Metrics
  beforeAll(async () => {
    api = await openSampleApi(await open(), { clock: () => now })
    metrics = createMetrics(api.context)
  })
  afterAll(async () => {
    metrics?.close()
    await api?.close()
  })

  const set = (values: object) => api.context.db.updateTable('mailbox').set(values).execute()

  test('what waits and what was given up', async () => {
    const { call, operatorToken } = api
    for (let mail = 0; mail < 3; mail += 1) {
      const body = { process: 'purchase', data: purchase, requester: people.requester }
      expect(await call(operatorToken, 'POST', '/api/requests', body)).toMatchObject({ status: 201 })
    }
    const mails = await api.context.db.selectFrom('outboundMessage').select('id').execute()
    await api.context.db
      .updateTable('outboundMessage')
      .set({ state: 'dead' })
      .where('id', '=', mails[0]?.id ?? '')
      .execute()
    expect(await sample(metrics, 'countersign_database_up')).toBe(1)
    expect(await sample(metrics, 'countersign_waiting{for="sending"}')).toBe(mails.length - 1)
    expect(await sample(metrics, 'countersign_waiting{for="processing"}')).toBe(0)
    expect(await sample(metrics, 'countersign_dead_letters{direction="outbound"}')).toBe(1)
    expect(await sample(metrics, 'countersign_dead_letters{direction="inbound"}')).toBe(0)
  })

  test('whether a mailbox works', async () => {
    const name = 'countersign_mailbox_up{mailbox="main"}'
    expect(await sample(metrics, name)).toBe(1)
    const trouble = JSON.stringify({
      ...{ kind: 'auth', providerCode: 'AADSTS7000222', messageKey: null, messageValues: {} },
      since: now.toISOString(),
    })
    await set({ state: 'paused', trouble })
    expect(await sample(metrics, name)).toBe(0)
    await set({ state: 'disabled' })
    expect(await sample(metrics, name)).toBeUndefined()
    await set({ state: 'running', trouble: null })
    expect(await sample(metrics, name)).toBe(1)
  })

  test('and told whole to each of several who ask at a time', async () => {
    const texts: Promise<{ text: string }>[] = []
    for (let scrape = 0; scrape < 20; scrape += 1) {
      texts.push(metrics.scrape())
      // So that each asks while others are at another step.
      await api.context.db.selectFrom('mailbox').select('id').execute()
    }
    for (const { text } of await Promise.all(texts)) {
      expect(text).toContain('countersign_mailbox_up{mailbox="main"} 1')
      expect(text).toContain('countersign_waiting{for="processing"} 0')
    }
  })
})
