import { type Insertable, sql } from 'kysely'
import type { Clock } from '../lib/clock.ts'
import { reached } from '../lib/milestones.ts'
import { newId } from '../lib/new-id.ts'
import type { Tx } from '../store/context.ts'
import type { Enqueue } from '../store/enqueue.ts'
import type { OutboundKind, OutboundMessageTable, OutboundPayload } from '../store/schema.ts'
import { toJson } from '../store/to-json.ts'
import { writeTogether } from '../store/together.ts'

/** A mail that must go out. What it says is composed when it is sent, from the state of that moment. */
export interface OutgoingMail {
  kind: OutboundKind
  mailboxId: string
  toAddress: string
  personId: string | null
  requestId: number | null
  actionId: string | null
  /** The inbound message that this mail answers. */
  inReplyTo?: string | null
  payload?: OutboundPayload
}

/** Lower goes first when the sending budget is short: people who must act, then people who asked, then news. */
const priorities: Record<OutboundKind, number> = {
  approval: 10,
  'asked-back': 20,
  'confirm-held': 20,
  late: 30,
  'comment-recorded': 40,
  confirmation: 40,
  delegated: 40,
  status: 30,
  undelivered: 50,
  'approver-away': 50,
  'action-withdrawn': 50,
  'request-closed': 50,
}

/**
 * In which order waiting mails go out: by priority, and the oldest first within one. Between the highest and the lowest
 * of them lies a day, so that under a budget which is always short no mail waits for ever: one that is a day older than
 * an approval goes before it.
 */
export const sendingOrder = sql<Date>`created_at + priority * interval '36 minutes'`

/** Mails that ask an assignee for an answer: without a point once the action is closed or theirs no more. */
export const askingKinds: readonly OutboundKind[] = [
  'approval',
  'asked-back',
  'confirm-held',
  'comment-recorded',
]

/**
 * Writes the mails and their jobs in the caller's transaction, the one that made them necessary (promise 3): either
 * all of it happened or none. Returns the ids in order.
 */
export async function putInOutbox(
  tx: Tx,
  parts: { clock: Clock; enqueue: Enqueue },
  mails: OutgoingMail[],
): Promise<string[]> {
  if (mails.length === 0) return []
  const now = parts.clock()
  const rows = mails.map((mail) => ({
    id: newId(),
    mailboxId: mail.mailboxId,
    kind: mail.kind,
    priority: priorities[mail.kind],
    personId: mail.personId,
    toAddress: mail.toAddress,
    requestId: mail.requestId,
    actionId: mail.actionId,
    inReplyTo: mail.inReplyTo ?? null,
    payload: toJson(mail.payload ?? {}),
    messageId: null,
    sentText: null,
    state: 'waiting' as const,
    nextAttemptAt: now,
    waitsFor: null,
    sendingSince: null,
    sentAt: null,
    providerId: null,
    error: null,
    createdAt: now,
  }))
  await insertMails(tx, rows)
  await parts.enqueue(
    tx,
    rows.map((row) => ({ name: 'send-outbound' as const, payload: { outboundMessageId: row.id } })),
  )
  reached('mails-written', { mails: rows.length })
  return rows.map((row) => row.id)
}

const insertMails = writeTogether((tx, groups: readonly Insertable<OutboundMessageTable>[][]) =>
  tx.insertInto('outboundMessage').values(groups.flat()).execute(),
)
