/** Jobs as those who make work know them; `jobs/queue.ts` does what is promised here. Types only. */
import type { Transaction } from 'kysely'
import type { Database } from './schema.ts'

/** What each queue's jobs carry: ids only. The rows they name are the truth, a job is the wake-up. */
export interface JobPayloads {
  /** Fetch what is new in a mailbox. At most one runs per mailbox, and at most one waits. */
  receive: { mailboxId: string }
  'process-inbound': { inboundMessageId: string }
  'send-outbound': { outboundMessageId: string }
  /** Enqueue everything that is due; runs each minute by schedule. */
  'resume-due': Record<string, never>
  /** Note which mailboxes are down, and tell the webhook; runs each minute by schedule. */
  'report-outages': Record<string, never>
  /** Have providers call us when mail arrives: make, renew and remove subscriptions; runs each minute by schedule. */
  'keep-subscriptions': Record<string, never>
  /** Warn of credentials that end, erase what is kept no longer, remove files that no row names; each night by schedule. */
  'clean-up': Record<string, never>
  /** Sign how far the audit chains have come; runs each hour by schedule. */
  'write-checkpoint': Record<string, never>
}

export type JobName = keyof JobPayloads

/** One job to enqueue; it runs at once, or not before `startAfter`. */
export type Job = {
  [Name in JobName]: { name: Name; payload: JobPayloads[Name]; startAfter?: Date }
}[JobName]

/**
 * Adds jobs in the caller's transaction: they exist when it commits and never when it rolls back. A job for
 * something that already has one waiting adds nothing.
 */
export type Enqueue = (tx: Transaction<Database>, jobs: Job | Job[]) => Promise<void>
