import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '../../src/lib/log.ts'
import { openPglite } from '../../src/store/open-pglite.ts'
import { loadRaw } from '../../src/store/raw-messages/load-raw.ts'
import { sweepRaw } from '../../src/store/raw-messages/sweep-raw.ts'
import type { PgliteStore } from '../../src/store/store.ts'
import { newDataDirectory } from '../support/data-directory.ts'

const program = join(import.meta.dirname, '..', 'support', 'processes', 'store-and-be-killed.ts')

describe('kill -9 while a large message is stored', () => {
  let dataDirectory: string
  let messages: string
  beforeEach(async () => {
    dataDirectory = await newDataDirectory('raw-crash')
    messages = join(dataDirectory, 'messages')
  })
  afterEach(() => rm(dataDirectory, { recursive: true, force: true }))

  async function run(...killAt: string[]): Promise<NodeJS.Signals | null> {
    const child = spawn(process.execPath, [program, dataDirectory, ...killAt], { stdio: 'inherit' })
    const [code, signal] = await once(child, 'exit')
    if (signal === null) expect(code).toBe(0)
    return signal
  }

  async function withStore<Value>(use: (store: PgliteStore) => Promise<Value>): Promise<Value> {
    const store = await openPglite({ dataDirectory, log: createLog('silent') })
    try {
      return await use(store)
    } finally {
      await store.close()
    }
  }

  const rowsOf = ({ db }: PgliteStore) => db.selectFrom('inboundMessage').selectAll().execute()

  async function files(): Promise<string[]> {
    const entries = await readdir(messages, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  }

  test.each([
    ['the file is written and has no name', 'raw-file-written', 0],
    ['the file has its name and no row', 'raw-file-named', 0],
    ['the row is committed', 'messages-stored', 1],
  ])('when %s: it is stored once, whole, and what is left over is swept', async (_, milestone, stored) => {
    expect(await run(milestone)).toBe('SIGKILL')
    await withStore(async (store) => expect(await rowsOf(store)).toHaveLength(stored))
    expect(await files()).toHaveLength(1)

    expect(await run()).toBe(null)
    const old = new Date(0)
    for (const file of await files()) await utimes(file, old, old)
    await withStore(async (store) => {
      const [row, ...others] = await rowsOf(store)
      if (!row) throw new Error('the message is lost')
      expect(others).toEqual([])
      expect((await loadRaw(messages, row)).byteLength).toBe(row.rawSize)
      await sweepRaw(store.db, messages, new Date())
      expect(await files()).toHaveLength(1)
      expect((await loadRaw(messages, row)).byteLength).toBe(row.rawSize)
    })
  })
})
