import { createHttpClient } from '../../src/lib/http-client.ts'
import { createLog } from '../../src/lib/log.ts'
import { openEwsMailbox } from '../../src/mail/ews/ews-mailbox.ts'
import { noTokenServer } from '../../test/support/no-token-server.ts'
import { runTask } from './client-task.ts'

/** As the product receives: so many messages and bytes at a time (`jobs/receive`). */
const limit = { messages: 400, bytes: 32 * 1024 * 1024 }

await runTask(async ({ http: url, token, address }) => {
  const http = createHttpClient({ extraCa: null })
  const rest = { processedFolder: 'Processed', watchJunk: false, maxMessageBytes: 40 * 1024 * 1024 }
  const settings = { address, security: 'none', ...rest } as const
  const tokens = { ...noTokenServer, token: async () => token, reject: () => {} }
  const log = createLog('error')
  const mailbox = openEwsMailbox(
    { ...settings, host: new URL(url).host },
    { credential: { tokens }, http, log },
  )
  const { signal } = new AbortController()
  const done = { messages: 0, octets: 0 }
  let cursor: string | null = null
  for (let more = true; more; ) {
    const received = await mailbox.receive({
      cursor,
      startFrom: new Date(0),
      areOurs: async (heads) => heads.map(() => true),
      isKnown: async () => new Set(),
      limit,
      signal,
    })
    const ids = received.messages.map(({ providerId }) => providerId)
    const outcomes = await mailbox.settle(ids, 'move', signal)
    for (const { error } of [...outcomes, ...received.failed]) if (error) throw error
    done.messages += ids.length
    done.octets += received.messages.reduce((sum, { raw }) => sum + raw.length, 0)
    cursor = received.cursor
    more = received.more
  }
  await mailbox.close()
  await http.close()
  return done
})
