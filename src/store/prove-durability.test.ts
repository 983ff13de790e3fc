import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DurableFileSystem } from './durable-file-system.ts'
import { proveDurability } from './prove-durability.ts'

const durable = ['-c', 'wal_sync_method=fsync']
const withoutF = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F')

describe('the durability of PGlite', () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-durability-'))
    await withDatabase(PGlite.defaultStartParams, async () => {})
  })
  afterAll(() => rm(directory, { recursive: true }))

  async function withDatabase(
    startParams: string[],
    use: (lite: PGlite, fileSystem: DurableFileSystem) => Promise<void>,
  ): Promise<void> {
    const fileSystem = new DurableFileSystem(directory)
    const lite = await PGlite.create({ fs: fileSystem, startParams })
    try {
      await use(lite, fileSystem)
    } finally {
      await lite.close()
    }
  }

  test.each([
    ['as it comes', PGlite.defaultStartParams],
    ['with fsync off', [...PGlite.defaultStartParams, ...durable]],
    ['with the write-ahead log’s own method', withoutF],
  ])('%s is refused', async (_, startParams) => {
    await withDatabase(startParams, async (lite, fileSystem) => {
      await expect(proveDurability(lite, fileSystem)).rejects.toThrow('does not write its commits through')
    })
  })

  test('as we start it is proved, and holds for every commit', async () => {
    await withDatabase([...withoutF, ...durable], async (lite, fileSystem) => {
      await proveDurability(lite, fileSystem)
      await lite.exec('create table thing (id integer)')
      const before = fileSystem.syncs
      for (let id = 0; id < 10; id++) await lite.query('insert into thing values ($1)', [id])
      expect(fileSystem.syncs).toBeGreaterThanOrEqual(before + 10)
      const afterWriting = fileSystem.syncs
      await lite.query('select * from thing')
      expect(fileSystem.syncs).toBe(afterWriting)
    })
  })
})
