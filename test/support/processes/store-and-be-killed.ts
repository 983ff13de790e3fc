/**
 * Stores one large message in the embedded database of a directory, and is killed (SIGKILL) at the milestone that it is
 * told; without one it ends by itself.
 */
import { join } from 'node:path'
import { storeMessages } from '../../../src/inbound/store-messages.ts'
import { createLog } from '../../../src/lib/log.ts'
import { type Milestone, onMilestone } from '../../../src/lib/milestones.ts'
import { migrate } from '../../../src/store/migrate.ts'
import { openPglite } from '../../../src/store/open-pglite.ts'
import { openSampleApi } from '../sample-api.ts'

const [dataDirectory = '', killAt] = process.argv.slice(2)
const store = await openPglite({ dataDirectory, log: createLog('silent') })
await migrate(store)
const { context, close } = await openSampleApi(store, { rawDirectory: join(dataDirectory, 'messages') })
const { id: mailboxId } = await context.db.selectFrom('mailbox').select('id').executeTakeFirstOrThrow()
if (killAt !== undefined) onMilestone(killAt as Milestone, () => process.kill(process.pid, 'SIGKILL'))
await storeMessages(context, {
  mailboxId,
  messages: [
    {
      providerId: 'large',
      folder: 'inbox',
      receivedAt: new Date(),
      raw: Buffer.from(`Subject: large\r\n\r\n${'x'.repeat(300 * 1024)}`),
      originalOctets: false,
      transportHeaders: null,
      itemClass: 'IPM.Note',
    },
  ],
  failed: [],
  cursor: null,
})
await close()
await store.close()
