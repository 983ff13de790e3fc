import { totalOf } from '../../bench/scene/mailbox-folders.ts'
import { asking } from '../../bench/scene/organisation.ts'
import { configOf, type Place } from '../../bench/scene/place.ts'
import type { SimulatorProcess } from '../../bench/scene/simulator-process.ts'
import { createLog } from '../../src/lib/log.ts'
import { verifyAudit } from '../../src/store/audit.ts'
import { openDatabase } from '../../src/store/open-database.ts'

export interface Damage {
  /** Requests without the mail that asks, replies that were not processed and put aside, mails that did not arrive. */
  lost: number
  /** Mails that arrived more than once, actions with a second decision in their history. */
  repeated: number
  /** Requests decided otherwise than was written, or by a reply that decides nothing; audit chains that do not verify. */
  wrong: number
  /** Mails of ours that arrived. */
  mails: number
}

/** Looks into the database, which nobody has open, and into everybody's Inbox. `expected` is by request. */
export async function countDamage(
  simulator: SimulatorProcess,
  place: Place,
  { requests, expected }: { requests: number; expected: Map<number, string | null> },
): Promise<Damage> {
  const store = await openDatabase({ ...configOf(place), log: createLog('error') })
  try {
    const { db, pool } = store
    const decided = new Map<number, string>()
    const { rows } = await pool.query<{ requestId: string; result: string }>(
      `select action.request_id as "requestId", decision.result
       from decision join action on action.id = decision.action_id where action.number = 1`,
    )
    for (const { requestId, result } of rows) decided.set(Number(requestId), result)
    const counts = await pool.query<
      Record<'unsent' | 'unprocessed' | 'replies' | 'requests' | 'twice', number>
    >(`
      select
        (select count(*)::int from request) as requests,
        (select count(*)::int from outbound_message where state not in ('sent', 'cancelled')) as unsent,
        (select count(*)::int from inbound_message where state <> 'processed' or settle_state <> 'done') as unprocessed,
        (select count(*)::int from inbound_message) as replies,
        (select count(*)::int from (
          select payload ->> 'actionId' from audit_entry where kind = 'action-decided'
          group by 1 having count(*) > 1) as repeated) as twice`)
    const [found] = counts.rows
    if (!found) throw new Error('no counts')

    const sent = await db
      .selectFrom('outboundMessage')
      .select('messageId')
      .where('state', '=', 'sent')
      .execute()
    const arrived = await arrivals(simulator)
    const missing = sent.filter(({ messageId }) => !arrived.has(messageId ?? '')).length
    const again = [...arrived.values()].reduce((sum, times) => sum + times - 1, 0)

    const answered = [...expected]
    const undecided = answered.filter(([id, result]) => result !== null && !decided.has(id)).length
    const otherwise = answered.filter(([id, result]) => decided.has(id) && decided.get(id) !== result).length
    const unasked = requests - expected.size
    const notAside = expected.size - (await totalOf(simulator, asking, 'Inbox/Processed'))
    const { broken } = await verifyAudit(db)
    return {
      lost:
        unasked +
        undecided +
        missing +
        found.unsent +
        found.unprocessed +
        Math.max(notAside, 0) +
        Math.max(requests - found.requests, 0),
      repeated: again + found.twice + Math.max(found.requests - requests, 0),
      wrong: otherwise + broken.length,
      mails: arrived.size,
    }
  } finally {
    await store.close()
  }
}

/** How often each mail of ours came into an Inbox, by its Message-ID. */
async function arrivals(simulator: SimulatorProcess): Promise<Map<string, number>> {
  const times = new Map<string, number>()
  const mailboxes = await simulator.control<{ address: string }[]>('GET', '/mailboxes')
  for (const { address } of mailboxes.filter((mailbox) => mailbox.address !== asking)) {
    const mails = await simulator.control<{ internetMessageId: string | null }[]>(
      'GET',
      `/mailboxes/${address}/folders/Inbox/messages`,
    )
    for (const { internetMessageId } of mails) {
      const id = internetMessageId ?? ''
      times.set(id, (times.get(id) ?? 0) + 1)
    }
  }
  return times
}
