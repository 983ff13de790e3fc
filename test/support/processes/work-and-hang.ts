// Opens the database in argv (a URL or a data directory), enqueues one job, takes it and never ends it.
// Writes the job's payload to standard output when the handler has it. Ends by being killed.
import { createQueue } from '../../../src/jobs/queue.ts'
import { createLog } from '../../../src/lib/log.ts'
import { newId } from '../../../src/lib/new-id.ts'
import { migrate } from '../../../src/store/migrate.ts'
import { openDatabase } from '../../../src/store/open-database.ts'

const [, , kind, place = ''] = process.argv
const log = createLog('silent')
const store = await openDatabase({
  databaseUrl: kind === 'url' ? place : null,
  dataDirectory: place,
  log,
})
await migrate(store)
const queue = await createQueue({ store, log })
await queue.work('process-inbound', { batchSize: 2, concurrency: 1 }, async ([payload]) => {
  process.stdout.write(`${payload?.inboundMessageId}\n`)
  return new Promise(() => {})
})
await store.db
  .transaction()
  .execute((tx) => queue.enqueue(tx, { name: 'process-inbound', payload: { inboundMessageId: newId() } }))
