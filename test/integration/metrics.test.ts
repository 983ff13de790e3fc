import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServer } from '../../src/api/create-server.ts'
import type { Store } from '../../src/store/store.ts'
import { elodie } from '../support/contoso.ts'
import { openTestPglite } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { openSampleApi } from '../support/sample-api.ts'
import { type Product, startProduct } from '../support/start-product.ts'

let store: Store
let product: Product
beforeAll(async () => {
  store = await openTestPglite()
  product = await startProduct(store)
})
afterAll(async () => {
  await product?.close()
  await store?.close()
})

test('a whole journey shows in what Prometheus is told', async () => {
  const number = await product.filePurchase()
  await product.reply(await product.mail(number, 'approval', elodie), 'Oui')
  await product.inbound(number, 1)
  await eventually(async () => {
    const answer = await fetch(`${product.url}/metrics`)
    expect(answer.headers.get('content-type')).toContain('text/plain')
    const text = await answer.text()
    for (const line of [
      'countersign_messages_fetched_total 1',
      'countersign_messages_stored_total 1',
      'countersign_messages_settled_total 1',
      'countersign_replies_total{outcome="decided"} 1',
      'countersign_decisions_total{door="mail"} 1',
      'countersign_arrival_to_decision_seconds_count 1',
      'countersign_mails_total{kind="approval",state="sent"} 2',
      'countersign_mailbox_up{mailbox="approvals"} 1',
      'countersign_database_up 1',
      'countersign_waiting{for="processing"} 0',
    ]) {
      expect(text.split('\n')).toContain(line)
    }
    expect(text).toMatch(
      /http_request_seconds_count\{method="GET",route="\/api\/messages\/inbound",status="200"\} \d/,
    )
    expect(text).toMatch(/jobs_total\{queue="process-inbound",outcome="done"\} [1-9]/)
  })
})

describe('who may ask', () => {
  const token = 'for-prometheus-alone'
  const notOpened = () => {
    throw new Error('not opened')
  }

  async function ask(configured: string | null, from: string, headers: Record<string, string> = {}) {
    const api = await openSampleApi(store)
    const server = createServer({
      context: api.context,
      mailboxes: { load: Promise.reject, open: Promise.reject, openAnew: notOpened, close: async () => {} },
      operatorToken: api.operatorToken,
      signingKey: null,
      readiness: async () => [],
      metrics: { token: configured, scrape: async () => ({ contentType: 'text/plain', text: 'up 1' }) },
    })
    const answer = await server.inject({ url: '/metrics', remoteAddress: from, headers })
    await server.close()
    await api.close()
    return answer.statusCode
  }

  test.each(['127.0.0.1', '127.8.0.9', '::1', '::ffff:127.0.0.1'])(
    'without a token, %s may',
    async (from) => {
      expect(await ask(null, from)).toBe(200)
    },
  )

  test.each(['10.0.0.5', '::ffff:10.0.0.5', '2001:db8::1'])('without a token, %s may not', async (from) => {
    expect(await ask(null, from)).toBe(404)
  })

  test.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])(
    'without a token, nobody behind a proxy may (%s)',
    async (header) => {
      expect(await ask(null, '127.0.0.1', { [header]: '10.0.0.5' })).toBe(404)
    },
  )

  test('with a token, whoever brings it may, and nobody else', async () => {
    expect(await ask(token, '10.0.0.5', { authorization: `Bearer ${token}` })).toBe(200)
    expect(await ask(token, '127.0.0.1')).toBe(401)
    expect(await ask(token, '127.0.0.1', { authorization: `Bearer ${token}x` })).toBe(401)
    expect(await ask(token, '127.0.0.1', { authorization: 'Bearer the-operator-of-this-run' })).toBe(401)
  })
})
