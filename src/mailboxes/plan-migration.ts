import { type Kysely, sql } from 'kysely'
import { AppError } from '../lib/app-error.ts'
import type { ExchangeOnlineSettings } from '../lib/mailbox-settings.ts'
import type { Database } from '../store/schema.ts'
import { readAgainFrom } from './begin-anew.ts'
import { checkWay, type WayCheck } from './check-way.ts'
import type { MailboxRow, OpenMailboxes } from './open-mailboxes.ts'
import { type GraphOverrides, type SettingChange, toGraphSettings } from './to-graph-settings.ts'

/** What a move of a mailbox from Exchange Web Services to Microsoft Graph takes and does. */
export interface MigrationPlan {
  /** The mailbox as it is. */
  row: MailboxRow
  /** Its settings afterwards. */
  settings: ExchangeOnlineSettings
  changes: SettingChange[]
  checks: WayCheck[]
  /** Whether no check failed. */
  isReady: boolean
  /** From when it is read over Graph. */
  readFrom: Date
  counts: MigrationCounts
}

/** How much there is of what a move concerns. */
export interface MigrationCounts {
  /** Stored messages. */
  known: number
  /** Of these, those that are not put aside in the mailbox yet. */
  unsettled: number
  /** Messages that could not be fetched, given up or not. */
  unfetched: number
  /** Mails that wait to be sent. */
  waiting: number
  /** Mails being sent, or of which it is not known whether they went out. */
  underWay: number
  openRequests: number
}

/**
 * Plans the move of this mailbox: tries the way over Graph with the same application and credential, step by step, and
 * counts. Changes nothing, here or in the mailbox, and asks nothing of Exchange Web Services, which may be switched off.
 * Throws `mailbox-not-on-ews` for one of another type.
 */
export async function planMigration(
  { db, mailboxes }: { db: Kysely<Database>; mailboxes: OpenMailboxes },
  row: MailboxRow,
  overrides: GraphOverrides,
  signal: AbortSignal,
): Promise<MigrationPlan> {
  const before = row.settings
  if (before.type !== 'exchange-online-ews') {
    throw new AppError('mailbox-not-on-ews', { mailbox: row.name, type: before.type })
  }
  const { settings, changes } = toGraphSettings(before, overrides)
  const checks = await checkWay(mailboxes, row, settings, signal)
  return {
    row,
    settings,
    changes,
    checks,
    isReady: checks.every(({ outcome }) => outcome !== 'failed'),
    readFrom: await readAgainFrom(db, row),
    counts: await countConcerned(db, row.id),
  }
}

async function countConcerned(db: Kysely<Database>, mailboxId: string): Promise<MigrationCounts> {
  const { rows } = await sql<Record<keyof MigrationCounts, string>>`
    select
      (select count(*) from inbound_message where mailbox_id = ${mailboxId}) as known,
      (select count(*) from inbound_message where mailbox_id = ${mailboxId} and settle_state = 'due') as unsettled,
      (select count(*) from failed_fetch where mailbox_id = ${mailboxId}) as unfetched,
      (select count(*) from outbound_message where mailbox_id = ${mailboxId} and state = 'waiting') as waiting,
      (select count(*) from outbound_message
        where mailbox_id = ${mailboxId} and state in ('sending', 'unknown')) as under_way,
      (select count(*) from request join process on process.id = request.process_id
        where process.mailbox_id = ${mailboxId} and request.status = 'open') as open_requests
  `.execute(db)
  const counts = rows[0]
  if (counts === undefined) throw new Error('a count without a row')
  const { known, unsettled, unfetched, waiting, underWay, openRequests } = counts
  return {
    known: Number(known),
    unsettled: Number(unsettled),
    unfetched: Number(unfetched),
    waiting: Number(waiting),
    underWay: Number(underWay),
    openRequests: Number(openRequests),
  }
}
