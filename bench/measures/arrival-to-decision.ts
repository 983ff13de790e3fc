import { setTimeout as sleep } from 'node:timers/promises'
import { openApp } from '../../src/app.ts'
import { onMilestone } from '../../src/lib/milestones.ts'
import type { Measure } from '../bench.ts'
import { composeReplies } from '../scene/compose-replies.ts'
import { totalOf } from '../scene/mailbox-folders.ts'
import { apiOf, approver, asking, isAllSent, makeRequests, setUpCompany } from '../scene/organisation.ts'
import { percentile } from '../scene/percentile.ts'
import { configOf } from '../scene/place.ts'
import { proveDrained } from '../scene/prove-drained.ts'
import { until } from '../scene/until.ts'

const ROUND_TRIP_MS = 80
/** Between two replies at the most; the times are spread, so that they keep step with nothing in the product. */
const PAUSE_MS = 700

/**
 * Milliseconds from the delivery of a reply into the mailbox to its committed decision, one reply after another, push on
 * and every request 80 ms on its way.
 */
export const measureArrivalToDecision: Measure = async ({ simulator, newDirectory, size }) => {
  const count = size(200)
  const place = { dataDirectory: newDirectory() }
  await simulator.control('POST', '/reset')
  await simulator.control('POST', '/tenant', { messageRateLimit: null })
  const app = await openApp(configOf(place), { jobs: true })
  const taken: number[] = []
  try {
    const api = apiOf(app)
    await setUpCompany(api, simulator)
    await makeRequests(api, count)
    const arrived = async () => (await totalOf(simulator, approver.address, 'Inbox')) === count
    await until('the approval e-mails', arrived, 200)
    await until('what became of them', () => isAllSent(api), 50)
    const replies: Uint8Array[] = []
    for await (const reply of composeReplies(simulator)) replies.push(reply)
    await simulator.control('POST', '/tenant', { roundTripMs: ROUND_TRIP_MS })
    for (const [index, reply] of replies.entries()) {
      taken.push(await decide(reply))
      await sleep((PAUSE_MS * index) / count)
    }
    await until('what became of the mails that follow', () => isAllSent(api), 50)
    const settled = async () => (await totalOf(simulator, asking, 'Inbox/Processed')) === count
    await until('the replies to be put aside', settled, 50)
  } finally {
    await app.close()
  }
  await proveDrained(place, count)
  return { arrivalToDecisionMs: { p50: percentile(taken, 0.5), p99: percentile(taken, 0.99) } }

  async function decide(reply: Uint8Array): Promise<number> {
    const { promise: decided, resolve } = Promise.withResolvers<number>()
    const stop = onMilestone('reply-acted-on', () => resolve(performance.now()))
    const start = performance.now()
    await simulator.control('POST', `/mailboxes/${asking}/messages?as=internal`, reply)
    const end = await decided
    stop()
    return end - start
  }
}
