import { sql } from 'kysely'
import { Gauge, type Registry } from 'prom-client'
import { credentialExpiry } from '../mailboxes/credential-expiry.ts'
import { isDown } from '../mailboxes/is-down.ts'
import { type Backlog, lookAtBacklog } from '../outbound/expected-times.ts'
import type { Context } from '../store/context.ts'

type Parts = Pick<Context, 'db' | 'clock' | 'log'>

/** Metrics of how things stand in the database, the same in every process. Each count has an index of its own. */
export function createStandings(registry: Registry, parts: Parts): { refresh(): Promise<void> } {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: `countersign_${name}`, help, labelNames, registers: [registry] })
  const database = gauge('database_up', 'Whether the database answers')
  const up = gauge('mailbox_up', 'Whether a mailbox works; none for one that is switched off', ['mailbox'])
  const expiry = gauge(
    'credential_expiry_timestamp_seconds',
    'End of the secret or certificate of a mailbox, where it is known',
    ['mailbox'],
  )
  const forBudget = gauge('mails_waiting_for_budget', 'Mails that wait for the sending budget', ['mailbox'])
  const left = gauge('sending_budget_left', 'Mails that the sending budget still lets out', [
    'mailbox',
    'window',
  ])
  const waiting = gauge('waiting', 'Messages that wait, by what for', ['for'])
  const dead = gauge('dead_letters', 'Messages that were given up, by direction', ['direction'])
  const footers = gauge('footers', 'Footers found in replies, by state', ['state'])
  return {
    async refresh() {
      const found = await look(parts).catch((error: unknown) => {
        // What this process has counted is told all the same.
        parts.log.warn({ err: error }, 'the database could not be asked for metrics')
        return null
      })
      // All at once: somebody else may be asking too, and would find the half of it.
      database.set(found === null ? 0 : 1)
      for (const one of [up, expiry, forBudget, left, waiting, dead, footers]) one.reset()
      if (found === null) return
      for (const { name, works, expiresAt, backlog } of found.mailboxes) {
        up.set({ mailbox: name }, works ? 1 : 0)
        forBudget.set({ mailbox: name }, backlog.waitingForBudget)
        left.set({ mailbox: name, window: 'minute' }, backlog.budget.minuteLeft)
        left.set({ mailbox: name, window: 'day' }, backlog.budget.dayLeft)
        if (expiresAt !== null) expiry.set({ mailbox: name }, expiresAt.getTime() / 1000)
      }
      const { counts } = found
      waiting.set({ for: 'processing' }, Number(counts.processing))
      waiting.set({ for: 'settling' }, Number(counts.settling))
      waiting.set({ for: 'fetching' }, Number(counts.fetching))
      waiting.set({ for: 'sending' }, Number(counts.sending))
      dead.set({ direction: 'inbound' }, Number(counts.deadInbound))
      dead.set({ direction: 'outbound' }, Number(counts.deadOutbound))
      for (const { state, count } of found.footers) footers.set({ state }, count)
    },
  }
}

async function look(parts: Parts) {
  return {
    mailboxes: await lookAtMailboxes(parts),
    counts: await count(parts),
    footers: await countFooters(parts),
  }
}

interface MailboxStanding {
  name: string
  works: boolean
  /** Null where it has none, or nobody entered it. */
  expiresAt: Date | null
  backlog: Backlog
}

async function lookAtMailboxes({ db, clock }: Parts): Promise<MailboxStanding[]> {
  const rows = await db
    .selectFrom('mailbox')
    .select(['id', 'name', 'state', 'trouble', 'settings'])
    .where('state', '!=', 'disabled')
    .execute()
  const standings: MailboxStanding[] = []
  for (const row of rows) {
    const expiry = credentialExpiry(row.settings, clock())
    const expiresAt = expiry && 'expiresAt' in expiry ? expiry.expiresAt : null
    const backlog = await lookAtBacklog(db, row, clock())
    standings.push({ name: row.name, works: !isDown(row, clock()), expiresAt, backlog })
  }
  return standings
}

/** Counts are bigint, which the databases give as text. */
interface Counts {
  processing: string
  settling: string
  fetching: string
  sending: string
  deadInbound: string
  deadOutbound: string
}

async function count({ db }: Parts): Promise<Counts> {
  const { rows } = await sql<Counts>`select
    (select count(*) from inbound_message where state = 'received') as processing,
    (select count(*) from inbound_message where settle_state = 'due') as settling,
    (select count(*) from failed_fetch where next_attempt_at is not null) as fetching,
    (select count(*) from outbound_message where state in ('waiting', 'sending', 'unknown')) as sending,
    (select count(*) from inbound_message where state = 'dead')
      + (select count(*) from failed_fetch where next_attempt_at is null) as dead_inbound,
    (select count(*) from outbound_message where state in ('dead', 'undelivered')) as dead_outbound`.execute(
    db,
  )
  const [row] = rows
  if (!row) throw new Error('no counts')
  return row
}

function countFooters({ db }: Parts): Promise<{ state: string; count: number }[]> {
  return db
    .selectFrom('footer')
    .select((from) => ['state', from.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()
}
