import { rm } from 'node:fs/promises'
import { expect, inject, test } from 'vitest'
import { newDataDirectory } from '../../test/support/data-directory.ts'
import { openTestPostgres } from '../../test/support/databases.ts'
import { startProcess } from '../../test/support/start-process.ts'
import { createLog } from '../lib/log.ts'
import { openPglite } from '../store/open-pglite.ts'
import type { Store } from '../store/store.ts'
import { createQueue } from './queue.ts'

const log = createLog('silent')

/** A dead worker is found after ten seconds without a heartbeat, looked for every five. */
const SLOW_MS = 180_000

/** Works the queue until a job comes, and returns what it carries. */
async function firstPayload(store: Store): Promise<string> {
  const queue = await createQueue({ store, log })
  const payload = await new Promise<string>((resolve) => {
    queue.work('process-inbound', { batchSize: 2, concurrency: 1 }, async (payloads) => {
      resolve(payloads[0]?.inboundMessageId ?? '')
      return payloads.map(() => ({ outcome: 'done' }))
    })
  })
  await queue.stop()
  return payload
}

test('a job of a killed process runs again in the next one (PGlite)', { timeout: SLOW_MS }, async () => {
  const dataDirectory = await newDataDirectory('crash')
  const killed = startProcess('work-and-hang.ts', 'directory', dataDirectory)
  const [payload] = await killed.atLeast(1)
  await killed.kill('SIGKILL')
  const store = await openPglite({ dataDirectory, log })
  expect(await firstPayload(store)).toBe(payload)
  await store.close()
  await rm(dataDirectory, { recursive: true })
})

test.skipIf('missing' in inject('databases').postgres)(
  'a job of a killed process runs again in another one (PostgreSQL)',
  { timeout: SLOW_MS },
  async () => {
    const store = await openTestPostgres()
    const killed = startProcess('work-and-hang.ts', 'url', store.pool.options.connectionString ?? '')
    const [payload] = await killed.atLeast(1)
    const again = firstPayload(store)
    await killed.kill('SIGKILL')
    expect(await again).toBe(payload)
    await store.close()
  },
)
