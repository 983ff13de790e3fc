import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startProcess } from '../../test/support/start-process.ts'
import { createLog } from '../lib/log.ts'
import { newId } from '../lib/new-id.ts'
import { migrate } from './migrate.ts'
import { openPglite } from './open-pglite.ts'

const log = createLog('silent')

/** Making a cluster forces a thousand files to the disk, which takes its time on a busy one. */
const SLOW_MS = 180_000

describe('the embedded database', { timeout: SLOW_MS }, () => {
  let dataDirectory: string
  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'countersign-pglite-'))
  })
  afterEach(() => rm(dataDirectory, { recursive: true }))

  test('keeps what was stored, and belongs to one at a time', async () => {
    const store = await openPglite({ dataDirectory, log })
    await migrate(store)
    await store.db.insertInto('peopleGroup').values({ id: newId(), name: 'buyers' }).execute()
    await expect(openPglite({ dataDirectory, log })).rejects.toThrow('in use by process')
    await store.close()

    const again = await openPglite({ dataDirectory, log })
    await migrate(again)
    expect(await again.db.selectFrom('peopleGroup').select('name').execute()).toEqual([{ name: 'buyers' }])
    await again.close()
    expect(await readdir(dataDirectory)).toEqual(['database'])
  })

  test('a first start that was interrupted is started anew', async () => {
    await mkdir(join(dataDirectory, 'database.unfinished'))
    await writeFile(join(dataDirectory, 'database.unfinished', 'PG_VERSION'), '18\n')
    const store = await openPglite({ dataDirectory, log })
    await migrate(store)
    await store.close()
    expect(await readdir(dataDirectory)).toEqual(['database'])
  })

  test('every acknowledged commit outlives kill -9', async () => {
    let acknowledged = 0
    for (let round = 0; round < 3; round++) {
      const writer = startProcess('write-until-killed.ts', dataDirectory, String(acknowledged + 2))
      await writer.atLeast(100)
      await writer.kill('SIGKILL')
      acknowledged = Number(writer.lines().at(-1))

      const store = await openPglite({ dataDirectory, log })
      const stored = await store.db.selectFrom('peopleGroup').select('name').execute()
      const names = new Set(stored.map(({ name }) => name))
      expect(writer.lines().filter((name) => !names.has(name))).toEqual([])
      await store.close()
    }
  })
})
