import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../../test/support/databases.ts'
import { openSampleApi, type SampleApi } from '../../../test/support/sample-api.ts'
import { storeMessages } from '../../inbound/store-messages.ts'
import { newId } from '../../lib/new-id.ts'
import { loadRaw } from './load-raw.ts'
import { LARGEST_IN_ROW, rawFile } from './raw-file.ts'
import { sweepRaw } from './sweep-raw.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

describeOnBothDatabases('raw messages', (open) => {
  let directory: string
  let api: SampleApi
  let mailboxId: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-raw-'))
    api = await openSampleApi(await open(), { rawDirectory: directory })
    mailboxId = (await api.context.db.selectFrom('mailbox').select('id').executeTakeFirstOrThrow()).id
  })
  afterAll(async () => {
    await api?.close()
    await rm(directory, { recursive: true, force: true })
  })

  const sha256Of = (octets: Buffer) => createHash('sha256').update(octets).digest('hex')

  /** Stores a message of so many octets; returns its row and its file's path. */
  async function store(size: number, { context } = api) {
    const id = newId()
    const head = `Message-ID: <${id}@contoso.example>\r\n\r\n`
    const raw = Buffer.from(head.padEnd(size, 'x'))
    await storeMessages(context, {
      mailboxId,
      messages: [
        {
          providerId: id,
          folder: 'inbox',
          receivedAt: new Date(),
          raw,
          originalOctets: false,
          transportHeaders: null,
          itemClass: 'IPM.Note',
        },
      ],
      failed: [],
      cursor: null,
    })
    const row = await context.db
      .selectFrom('inboundMessage')
      .selectAll()
      .where('providerId', '=', id)
      .executeTakeFirstOrThrow()
    return { row, raw, path: rawFile(directory, sha256Of(raw)).path }
  }

  async function makeOld(path: string): Promise<void> {
    const old = new Date(Date.now() - 2 * DAY_MS)
    await utimes(path, old, old)
  }

  test('are in the row up to the bound, and a file beyond it', async () => {
    const small = await store(LARGEST_IN_ROW)
    expect(small.row.raw).toEqual(small.raw)
    await expect(readFile(small.path)).rejects.toThrow('ENOENT')
    const large = await store(LARGEST_IN_ROW + 1)
    expect(large.row).toMatchObject({ raw: null, rawSize: LARGEST_IN_ROW + 1 })
    expect(await readFile(large.path)).toEqual(large.raw)
    for (const { row, raw } of [small, large]) expect(await loadRaw(directory, row)).toEqual(raw)
  })

  test('stay in the row when there is no directory', async () => {
    const context = { ...api.context, rawDirectory: null }
    const { row, raw } = await store(LARGEST_IN_ROW + 1, { ...api, context })
    expect(row.raw).toEqual(raw)
    expect(await loadRaw(null, row)).toEqual(raw)
  })

  test('that were altered, in file or row, or whose file is missing are named errors', async () => {
    const large = await store(LARGEST_IN_ROW + 1)
    const flipped = Buffer.from(large.raw)
    flipped[flipped.length - 1] = 0
    await writeFile(large.path, flipped)
    await expect(loadRaw(directory, large.row)).rejects.toMatchObject({ code: 'raw-altered' })
    await rm(large.path)
    await expect(loadRaw(directory, large.row)).rejects.toMatchObject({ code: 'raw-missing' })
    await expect(loadRaw(null, large.row)).rejects.toMatchObject({ code: 'raw-missing' })
    const small = await store(1_000)
    const row = { ...small.row, raw: flipped.subarray(0, 1_000) }
    await expect(loadRaw(directory, row)).rejects.toMatchObject({ code: 'raw-altered' })
  })

  test('a sweep takes old files that no row names, and no others', async () => {
    const kept = await store(LARGEST_IN_ROW + 1)
    const young = rawFile(directory, sha256Of(Buffer.from('young'))).path
    const orphan = rawFile(directory, sha256Of(Buffer.from('orphan'))).path
    const unfinished = `${orphan}.0011223344556677.unfinished`
    const others = join(directory, 'notes.txt')
    for (const path of [young, orphan, unfinished, others]) {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, 'x')
    }
    for (const path of [kept.path, orphan, unfinished, others]) await makeOld(path)
    expect(await sweepRaw(api.context.db, directory, new Date())).toBe(2)
    for (const path of [kept.path, young, others]) await readFile(path)
    expect(await readdir(dirname(orphan))).toEqual([])
    expect(await loadRaw(directory, kept.row)).toEqual(kept.raw)
  })

  test('a file that a killed sweep has put aside is put back when a row names it', async () => {
    const { raw, path } = await store(LARGEST_IN_ROW + 1)
    await rename(path, `${path}.swept.unfinished`)
    const orphan = `${rawFile(directory, sha256Of(Buffer.from('put aside'))).path}.swept.unfinished`
    await mkdir(dirname(orphan), { recursive: true })
    await writeFile(orphan, 'x')
    await makeOld(orphan)
    expect(await sweepRaw(api.context.db, directory, new Date())).toBe(1)
    expect(await readFile(path)).toEqual(raw)
  })

  test('a message that comes again makes its old file young', async () => {
    const { raw, path, row } = await store(LARGEST_IN_ROW + 1)
    await api.context.db.deleteFrom('inboundMessage').where('id', '=', row.id).execute()
    await makeOld(path)
    await storeMessages(api.context, {
      mailboxId,
      messages: [{ ...row, raw, providerId: newId() }],
      failed: [],
      cursor: null,
    })
    await api.context.db.deleteFrom('inboundMessage').where('rawSha256', '=', row.rawSha256).execute()
    expect(await sweepRaw(api.context.db, directory, new Date())).toBe(0)
    expect(await readFile(path)).toEqual(raw)
  })
})
