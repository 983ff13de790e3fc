// Opens the embedded database in argv[2] and commits groups named 1, 2, 3 … for ever, writing each name to standard
// output when its commit was acknowledged. Ends by being killed.
import { writeSync } from 'node:fs'
import { createLog } from '../../../src/lib/log.ts'
import { newId } from '../../../src/lib/new-id.ts'
import { migrate } from '../../../src/store/migrate.ts'
import { openDatabase } from '../../../src/store/open-database.ts'

const [, , dataDirectory = '', first = '1'] = process.argv
const store = await openDatabase({ databaseUrl: null, dataDirectory, log: createLog('silent') })
await migrate(store)
for (let number = Number(first); ; number++) {
  await store.db.transaction().execute((tx) =>
    tx
      .insertInto('peopleGroup')
      .values({ id: newId(), name: String(number) })
      .execute(),
  )
  writeSync(1, `${number}\n`)
}
