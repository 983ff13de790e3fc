import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { insertSampleProcess, insertSampleRequest } from '../../test/support/sample-process.ts'
import { newId } from '../lib/new-id.ts'
import type { Database } from './schema.ts'
import type { Store } from './store.ts'

const at = new Date('2026-11-24T08:00:00Z')

/** SQLSTATE, PostgreSQL's Appendix A. */
const UNIQUE_VIOLATION = '23505'
const CHECK_VIOLATION = '23514'
const FOREIGN_KEY_VIOLATION = '23503'

describeOnBothDatabases('the tables', (open) => {
  let store: Store
  let personId: string
  let mailboxId: string
  let processId: string
  let requestId: number

  beforeAll(async () => {
    store = await open()
    ;({ personId, mailboxId, processId } = await insertSampleProcess(store))
    requestId = await insertSampleRequest(store, { personId, processId })
  })

  async function newAction(): Promise<string> {
    const id = newId()
    const { max } = await store.db
      .selectFrom('action')
      .select(({ fn }) => fn.max('number').as('max'))
      .executeTakeFirstOrThrow()
    await store.db
      .insertInto('action')
      .values({
        id,
        requestId,
        number: (max ?? 0) + 1,
        step: 'manager',
        status: 'open',
        openedAt: at,
        dueAt: null,
        closedAt: null,
      })
      .execute()
    return id
  }

  function decide(actionId: string, result: string) {
    return store.db
      .insertInto('decision')
      .values({
        actionId,
        personId,
        ...{ result, answers: '{}', comment: '' },
        door: 'portal',
        inboundMessageId: null,
        rawSha256: null,
        decidedAt: at,
      })
      .execute()
  }

  function receive(providerId: string, folder = 'inbox') {
    return sql`
      insert into inbound_message (id, mailbox_id, provider_id, fingerprint, folder, received_at, stored_at, raw,
        raw_sha256, raw_size, original_octets, from_address, subject, state, settle_state)
      values (${newId()}, ${mailboxId}, ${providerId}, 'f', ${folder}, now(), now(), 'raw', '', 3, true, '', '',
        'received', 'due')
    `.execute(store.db)
  }

  test('one decision per action, whoever is quicker', async () => {
    const actionId = await newAction()
    const outcomes = await Promise.allSettled(['YES', 'NO', 'NO'].map((result) => decide(actionId, result)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: UNIQUE_VIOLATION },
    })
  })

  test('a decision by mail names the message that proves it', async () => {
    const actionId = await newAction()
    const decision = sql`
      insert into decision (action_id, person_id, result, answers, comment, door, decided_at)
      values (${actionId}, ${personId}, 'YES', '{}', '', 'mail', now())
    `
    await expect(decision.execute(store.db)).rejects.toMatchObject({ code: CHECK_VIOLATION })
  })

  test('one stored row per message of a mailbox', async () => {
    await receive('one')
    await expect(receive('one')).rejects.toMatchObject({ code: UNIQUE_VIOLATION })
    await expect(receive('two', 'sent')).rejects.toMatchObject({ code: CHECK_VIOLATION })
  })

  test('one active version per process, and one of each number', async () => {
    const name = newId()
    const insert = (version: number, status: 'active' | 'archived') =>
      store.db
        .insertInto('process')
        .values({
          id: newId(),
          name,
          version,
          status,
          definition: '{}',
          source: '{}',
          digest: '',
          mailboxId,
          importedAt: at,
          importedBy: null,
        })
        .execute()
    await insert(1, 'archived')
    await insert(2, 'active')
    await expect(insert(3, 'active')).rejects.toMatchObject({ code: UNIQUE_VIOLATION })
    await expect(insert(2, 'archived')).rejects.toMatchObject({ code: UNIQUE_VIOLATION })
  })

  test('a repeated call finds the same request, another requester’s does not', async () => {
    const other = await insertSampleProcess(store)
    const insert = (requesterId: string, key: string | null) =>
      sql`
      insert into request (process_id, requester_id, title, data, status, idempotency_key, input_digest, created_at)
      values (${processId}, ${requesterId}, '', '{}', 'open', ${key}, '', now())
    `.execute(store.db)
    await insert(personId, 'key')
    await insert(other.personId, 'key')
    await insert(personId, null)
    await insert(personId, null)
    await expect(insert(personId, 'key')).rejects.toMatchObject({ code: UNIQUE_VIOLATION })
  })

  test('what is closed says when, and what is open does not', async () => {
    await expect(
      store.db.updateTable('request').set({ status: 'completed' }).where('id', '=', requestId).execute(),
    ).rejects.toMatchObject({ code: CHECK_VIOLATION })
    await expect(
      store.db.updateTable('request').set({ closedAt: at }).where('id', '=', requestId).execute(),
    ).rejects.toMatchObject({ code: CHECK_VIOLATION })
  })

  test('nothing that others refer to can go', async () => {
    await expect(store.db.deleteFrom('person').execute()).rejects.toMatchObject({
      code: FOREIGN_KEY_VIOLATION,
    })
    await expect(store.db.deleteFrom('mailbox').execute()).rejects.toMatchObject({
      code: FOREIGN_KEY_VIOLATION,
    })
  })

  test('every table that kysely knows is there, and no other', async () => {
    const known: Record<keyof Database, true> = {
      person: true,
      personAlias: true,
      peopleGroup: true,
      peopleGroupFormerName: true,
      peopleGroupEvent: true,
      groupMember: true,
      delegation: true,
      personEvent: true,
      process: true,
      request: true,
      requestFile: true,
      action: true,
      actionAssignee: true,
      replyToken: true,
      decision: true,
      partialAnswer: true,
      footer: true,
      footerSighting: true,
      installation: true,
      mailbox: true,
      mailboxChange: true,
      mailboxOutage: true,
      mailboxPush: true,
      inboundMessage: true,
      failedFetch: true,
      outboundMessage: true,
      auditEntry: true,
      auditCheckpoint: true,
      auditCheckpointHead: true,
      apiToken: true,
      personPassword: true,
      signInLink: true,
      signInSession: true,
      signInThrottle: true,
      signInEvent: true,
    }
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_stat_user_tables where schemaname = 'public' and relname not like 'kysely%'
    `.execute(store.db)
    const camelCase = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
    expect(rows.map(({ name }) => camelCase(name)).sort()).toEqual(Object.keys(known).sort())
  })

  test('what is due is found by an index', async () => {
    await sql`analyze`.execute(store.db)
    const plans = [
      sql`select id from outbound_message where state in ('waiting', 'unknown') and next_attempt_at <= now()`,
      sql`select id from inbound_message where state = 'received' and next_attempt_at <= now()`,
      sql`select id from inbound_message where mailbox_id = ${mailboxId} and settle_state = 'due'`,
      sql`select action_id from action_assignee where person_id = ${personId} and ended_at is null`,
      sql`select action_id from reply_token where hash = 'x'`,
      sql`select id from action where status = 'open' and due_at <= now()`,
    ]
    await store.db.transaction().execute(async (tx) => {
      // On tables this small everything is read through; the question is whether an index fits.
      await sql`set local enable_seqscan = off`.execute(tx)
      for (const query of plans) {
        const { rows } = await sql`explain (format json) ${query}`.execute(tx)
        expect(JSON.stringify(rows)).toContain('"Index Cond"')
      }
    })
  })
})
