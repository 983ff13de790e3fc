import { createQueue } from '../../src/jobs/queue.ts'
import type { Log } from '../../src/lib/log.ts'
import { migrate } from '../../src/store/migrate.ts'
import type { Store } from '../../src/store/store.ts'

/** Makes the tables that a first start makes, those of the job queue among them: a second's work that copies are spared. */
export async function prepareDatabase(store: Store, log: Log): Promise<void> {
  await migrate(store)
  const queue = await createQueue({ store, log })
  await queue.stop()
}
