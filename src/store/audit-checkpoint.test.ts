import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { insertSampleProcess, insertSampleRequest } from '../../test/support/sample-process.ts'
import { appendAudit, verifyAudit } from './audit.ts'
import { verifyCheckpoints, writeCheckpoint } from './audit-checkpoint.ts'
import { openSigningKey, type SigningKey } from './signing-key.ts'
import type { Store } from './store.ts'

const at = new Date('2026-11-24T08:00:00Z')
const clock = () => at

describeOnBothDatabases('audit checkpoints', (open) => {
  let store: Store
  let directory: string
  let key: SigningKey
  let requests: number[]

  beforeAll(async () => {
    store = await open()
    directory = await mkdtemp(join(tmpdir(), 'countersign-checkpoint-'))
    key = await newKey('one')
    const sample = await insertSampleProcess(store)
    requests = [
      await insertSampleRequest(store, sample),
      await insertSampleRequest(store, sample),
      await insertSampleRequest(store, sample),
    ]
  })
  afterAll(() => rm(directory, { recursive: true }))
  beforeEach(async () => {
    await sql`truncate audit_entry, audit_checkpoint, audit_checkpoint_head`.execute(store.db)
    for (const requestId of requests) await append(requestId)
  })

  async function newKey(name: string): Promise<SigningKey> {
    const dataDirectory = await mkdtemp(join(directory, name))
    const made = await openSigningKey({ file: null, dataDirectory })
    if (!made) throw new Error('no key')
    return made
  }

  function append(requestId: number): Promise<void> {
    return store.db
      .transaction()
      .execute((tx) =>
        appendAudit(tx, { requestId, at, kind: 'action-commented', actorId: null, payload: { requestId } }),
      )
  }

  test('name the heads that moved, and nothing when none did', async () => {
    expect(await writeCheckpoint(store.db, key, clock)).toMatchObject({
      number: 1,
      headCount: 3,
      previousSignature: '',
    })
    expect(await writeCheckpoint(store.db, key, clock)).toBeNull()
    await append(requests[1] ?? 0)
    await append(requests[1] ?? 0)
    expect(await writeCheckpoint(store.db, key, clock)).toMatchObject({ number: 2, headCount: 1 })
    expect(await verifyCheckpoints(store.db, key)).toEqual({ checkpoints: 2, broken: [] })
  })

  test('written at the same time follow one another', async () => {
    const written = await Promise.all([1, 2, 3].map(() => writeCheckpoint(store.db, key, clock)))
    expect(written.filter((checkpoint) => checkpoint !== null)).toHaveLength(1)
    expect(await verifyCheckpoints(store.db, key)).toEqual({ checkpoints: 1, broken: [] })
  })

  test('find a chain that was rewritten whole', async () => {
    const [requestId = 0] = requests
    await writeCheckpoint(store.db, key, clock)
    await store.db.deleteFrom('auditEntry').where('requestId', '=', requestId).execute()
    await store.db.transaction().execute((tx) =>
      appendAudit(tx, {
        requestId,
        at,
        kind: 'action-commented',
        actorId: null,
        payload: { forged: true },
      }),
    )
    expect((await verifyAudit(store.db)).broken).toEqual([])
    expect((await verifyCheckpoints(store.db, key)).broken).toEqual([
      { number: 1, requestId, problem: 'entry-altered' },
    ])
  })

  test('find a chain whose last entries were dropped', async () => {
    const [requestId = 0] = requests
    await append(requestId)
    await writeCheckpoint(store.db, key, clock)
    await store.db
      .deleteFrom('auditEntry')
      .where('requestId', '=', requestId)
      .where('sequence', '=', 2)
      .execute()
    expect((await verifyAudit(store.db)).broken).toEqual([])
    expect((await verifyCheckpoints(store.db, key)).broken).toEqual([
      { number: 1, requestId, problem: 'entry-altered' },
    ])
  })

  test.each([
    ['at', sql`at + interval '1 second'`, 'signature-wrong'],
    ['head_count', sql`head_count + 1`, 'signature-wrong'],
    ['heads_digest', sql`repeat('a', 64)`, 'signature-wrong'],
    ['previous_signature', sql`'x'`, 'signature-wrong'],
    ['signature', sql`'x'`, 'signature-wrong'],
    ['key_id', sql`'00000000'`, 'key-unknown'],
  ])('show an altered %s', async (column, value, problem) => {
    await writeCheckpoint(store.db, key, clock)
    await sql`update audit_checkpoint set ${sql.raw(column)} = ${value}`.execute(store.db)
    expect((await verifyCheckpoints(store.db, key)).broken).toEqual([{ number: 1, requestId: null, problem }])
  })

  test('show altered heads, and a checkpoint that is missing', async () => {
    for (let round = 0; round < 3; round++) {
      await append(requests[0] ?? 0)
      await writeCheckpoint(store.db, key, clock)
    }
    await sql`update audit_checkpoint_head set sequence = sequence + 100 where checkpoint = 1 and request_id = ${requests[0]}`.execute(
      store.db,
    )
    await sql`delete from audit_checkpoint_head where checkpoint = 2`.execute(store.db)
    await sql`delete from audit_checkpoint where number = 2`.execute(store.db)
    expect((await verifyCheckpoints(store.db, key)).broken).toEqual([
      { number: 1, requestId: null, problem: 'heads-altered' },
      { number: 3, requestId: null, problem: 'order-broken' },
    ])
  })

  test('cannot be forged with another key', async () => {
    await writeCheckpoint(store.db, await newKey('two'), clock)
    expect((await verifyCheckpoints(store.db, key)).broken).toEqual([
      { number: 1, requestId: null, problem: 'key-unknown' },
    ])
  })
})
