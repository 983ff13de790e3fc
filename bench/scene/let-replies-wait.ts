import { randomBytes } from 'node:crypto'
import { openApp } from '../../src/app.ts'
import { attachFile, composeReplies } from './compose-replies.ts'
import { totalOf } from './mailbox-folders.ts'
import {
  apiOf,
  approver,
  asking,
  enableMailbox,
  isAllSent,
  makeRequests,
  setUpCompany,
} from './organisation.ts'
import { configOf, type Place } from './place.ts'
import type { SimulatorProcess } from './simulator-process.ts'
import { until } from './until.ts'

/**
 * In an empty world, has that many requests made and asked about by mail, switches the mailbox off, and lets the
 * manager say yes to each. Returns the replies, which now wait in the Inbox; no process has the database open.
 */
export async function letRepliesWait(
  simulator: SimulatorProcess,
  place: Place,
  { count, attachedOctets = 0 }: { count: number; attachedOctets?: number },
): Promise<Uint8Array[]> {
  await simulator.control('POST', '/reset')
  await simulator.control('POST', '/tenant', { messageRateLimit: null, recipientRateLimit: null })
  const app = await openApp(configOf(place), { jobs: true })
  try {
    const api = apiOf(app)
    await setUpCompany(api, simulator)
    await makeRequests(api, count)
    const arrived = async () => (await totalOf(simulator, approver.address, 'Inbox')) === count
    await until('the approval e-mails', arrived, 200)
    await until('what became of them', () => isAllSent(api), 50)
    await enableMailbox(api, simulator, false)
  } finally {
    await app.close()
  }

  const file = randomBytes(attachedOctets)
  const replies: Uint8Array[] = []
  for await (const reply of composeReplies(simulator)) {
    const complete = attachedOctets > 0 ? attachFile(reply, file) : reply
    await simulator.control('POST', `/mailboxes/${approver.address}/submit`, complete)
    replies.push(complete)
  }
  await until('the replies', async () => (await totalOf(simulator, asking, 'Inbox')) === count, 50)
  return replies
}
