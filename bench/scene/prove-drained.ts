import { createLog } from '../../src/lib/log.ts'
import { openDatabase } from '../../src/store/open-database.ts'
import { configOf, type Place } from './place.ts'

/**
 * Looks into the closed database for what must have happened: every reply stored, settled and deciding, every action
 * of the manager decided once, every mail sent. Throws with what is missing.
 */
export async function proveDrained(place: Place, count: number): Promise<void> {
  const store = await openDatabase({ ...configOf(place), log: createLog('error') })
  try {
    const { rows } = await store.pool.query(`
      select
        (select count(*)::int from inbound_message where outcome = 'decided' and settle_state = 'done') as "settledAndDeciding",
        (select count(*)::int from inbound_message) as received,
        (select count(*)::int from decision) as decisions,
        (select count(distinct action_id)::int from decision where result = 'YES') as decided,
        (select count(*)::int from outbound_message where state = 'sent') as sent,
        (select count(*)::int from outbound_message) as mails`)
    const expected = {
      settledAndDeciding: count,
      received: count,
      decisions: count,
      decided: count,
      sent: 2 * count,
      mails: 2 * count,
    }
    if (JSON.stringify(rows[0]) !== JSON.stringify(expected)) {
      throw new Error(`expected ${JSON.stringify(expected)}, found ${JSON.stringify(rows[0])}`)
    }
  } finally {
    await store.close()
  }
}
