import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { processInbound } from '../../src/inbound/process.ts'
import { createLog } from '../../src/lib/log.ts'
import { openPostgres } from '../../src/store/open-postgres.ts'
import type { PostgresStore, Store } from '../../src/store/store.ts'
import { openTestPostgres } from '../support/databases.ts'
import { type JobFloor, openJobFloor } from '../support/open-job-floor.ts'
import { openSampleApi, people, type SampleApi } from '../support/sample-api.ts'
import { sendOutbound } from '../support/send-outbound.ts'
import { type Gate, gateOf } from './gate.ts'

const { signal } = new AbortController()

// PGlite has one connection: two transactions never meet there.
describe.skipIf('missing' in inject('databases').postgres)('mail and API at once', () => {
  let store: Store
  let other: PostgresStore
  let floor: JobFloor
  let api: SampleApi
  let observer: pg.Client
  let gates: [mail: Gate, api: Gate]
  beforeAll(async () => {
    store = await openTestPostgres()
    const databaseUrl = store.pool.options.connectionString ?? ''
    other = await openPostgres({ databaseUrl, log: createLog('silent') })
    api = await openSampleApi(other)
    floor = await openJobFloor(store)
    observer = new pg.Client(databaseUrl)
    await observer.connect()
    gates = [gateOf(store.pool), gateOf(other.pool)]
  })
  afterAll(async () => {
    await observer?.end()
    await floor?.close()
    await api?.close()
    await other?.close()
    await store?.close()
  })

  /** Asks the manager, and stores the manager's answer by mail. */
  async function ask() {
    const { requestId, mailId } = await floor.write()
    await sendOutbound(floor.context, floor.mailboxes, [mailId], signal)
    const { messageId } = await floor.mail(mailId)
    const token = /countersign\.([a-z2-7]{16})\./.exec(messageId ?? '')?.[1]
    const inboundId = await floor.store({
      raw: [
        'X-MS-Exchange-Organization-AuthAs: Internal',
        `From: ${people.manager}`,
        'To: approvals@contoso.example',
        `Message-ID: <answer-${requestId}@contoso.example>`,
        `Subject: RE: Purchase [#${requestId}-1-${token}]`,
        '',
        'Yes',
      ].join('\r\n'),
      providerId: `answer ${requestId}`,
    })
    const { id } = await floor.context.db
      .selectFrom('action')
      .select('id')
      .where('requestId', '=', requestId)
      .executeTakeFirstOrThrow()
    return { requestId, inboundId, actionId: id }
  }

  /** Goes on with this door until its next statement, its end, or a lock that it must wait for. */
  async function step(gate: Gate): Promise<void> {
    gate.letThrough()
    await vi.waitFor(
      async () => {
        if (gate.isAtRest()) return
        const { rows } = await observer.query(
          `select 1 from pg_stat_activity where pid = any($1) and wait_event_type = 'Lock'`,
          [gate.connections()],
        )
        if (rows.length === 0) throw new Error('it is under way')
      },
      { interval: 2, timeout: 30_000 },
    )
  }

  test('decide once, however their statements alternate', async () => {
    const token = await api.tokenFor(people.manager)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1), { maxLength: 40 }), async (turns) => {
        const { requestId, inboundId, actionId } = await ask()
        const [mailGate, apiGate] = gates
        const byMail = mailGate.during(() => processInbound(floor.context, [inboundId]))
        const byApi = apiGate.during(() =>
          api.call(token, 'POST', `/api/actions/${actionId}/decide`, { result: 'NO', comment: 'Too dear.' }),
        )
        for (const turn of turns) await step(turn === 0 ? mailGate : apiGate)
        for (const gate of gates) gate.open()
        const [, answer] = await Promise.all([byMail, byApi])

        const { outcome } = await floor.context.db
          .selectFrom('inboundMessage')
          .select('outcome')
          .where('id', '=', inboundId)
          .executeTakeFirstOrThrow()
        const decision = await floor.context.db
          .selectFrom('decision')
          .select(['result', 'door'])
          .where('actionId', '=', actionId)
          .execute()
        const history = await floor.context.db
          .selectFrom('auditEntry')
          .select('kind')
          .where('requestId', '=', requestId)
          .where('kind', 'in', ['action-decided', 'action-opened', 'request-completed'])
          .orderBy('sequence')
          .execute()
        expect([
          {
            status: 200,
            outcome: 'late',
            decision: [{ result: 'NO', door: 'api' }],
            kinds: ['action-opened', 'action-decided', 'request-completed'],
          },
          {
            status: 409,
            outcome: 'decided',
            decision: [{ result: 'YES', door: 'mail' }],
            kinds: ['action-opened', 'action-decided', 'action-opened'],
          },
        ]).toContainEqual({
          status: answer.status,
          outcome,
          decision,
          kinds: history.map(({ kind }) => kind),
        })
      }),
      { numRuns: 40 },
    )
  })
})
