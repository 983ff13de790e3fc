import { type Kysely, sql } from 'kysely'
import type { Database } from '../store/schema.ts'
import { type Budget, expectedAt, lookAtBudget } from './budget.ts'
import { sendingOrder } from './outbox.ts'

/** What one mailbox still has to send. */
export interface Backlog {
  budget: Budget
  /** Mails that have not gone out, whatever they wait for. */
  waiting: number
  /** Of these, mails that wait for the sending budget. */
  waitingForBudget: number
  /** When the last of those goes out, as far as can be told; null when there is none. */
  lastExpectedAt: Date | null
}

/** The sending budget of a mailbox, and what waits in it. */
export async function lookAtBacklog(
  db: Kysely<Database>,
  { id, settings }: { id: string; settings: Parameters<typeof lookAtBudget>[2] },
  now: Date,
): Promise<Backlog> {
  const budget = await lookAtBudget(db, id, settings, now)
  const { waiting, waitingForBudget } = await db
    .selectFrom('outboundMessage')
    .select((row) => [
      sql<number>`count(*)::integer`.as('waiting'),
      sql<number>`count(${row.ref('waitsFor')})::integer`.as('waitingForBudget'),
    ])
    .where('mailboxId', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  const lastExpectedAt = waitingForBudget === 0 ? null : expectedAt(budget, waitingForBudget - 1, now)
  return { budget, waiting, waitingForBudget, lastExpectedAt }
}

/** When mails that wait for the budget of their mailbox go out, as far as can be told; by their ids. */
export async function expectedTimes(
  db: Kysely<Database>,
  outboundMessageIds: string[],
  now: Date,
): Promise<Map<string, Date>> {
  if (outboundMessageIds.length === 0) return new Map()
  const ranked = await db
    .selectFrom(
      db
        .selectFrom('outboundMessage')
        .select([
          'id',
          'mailboxId',
          sql<number>`(row_number() over (partition by mailbox_id order by ${sendingOrder}, id) - 1)::integer`.as(
            'ahead',
          ),
        ])
        .where('state', '=', 'waiting')
        .where('waitsFor', 'is not', null)
        .as('ranked'),
    )
    .innerJoin('mailbox', 'mailbox.id', 'ranked.mailboxId')
    .select(['ranked.id', 'ranked.ahead', 'mailbox.id as mailboxId', 'mailbox.settings'])
    .where('ranked.id', 'in', outboundMessageIds)
    .execute()
  const budgets = new Map<string, Budget>()
  for (const { mailboxId, settings } of ranked) {
    if (!budgets.has(mailboxId)) budgets.set(mailboxId, await lookAtBudget(db, mailboxId, settings, now))
  }
  return new Map(
    ranked.flatMap(({ id, mailboxId, ahead }) => {
      const budget = budgets.get(mailboxId)
      return budget ? [[id, expectedAt(budget, ahead, now)] as const] : []
    }),
  )
}
