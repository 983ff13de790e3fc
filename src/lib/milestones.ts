/**
 * The named points of both journeys, told to whoever listens (`node:diagnostics_channel`, channels
 * `countersign:<name>`): the metrics count by them, and the crash suite ends the process at each. A listener runs within
 * the call and must not throw; with none, telling costs nothing.
 */
import { channel } from 'node:diagnostics_channel'

/** What a milestone tells. Ids and counts only: no addresses, no words of anybody. */
export interface Milestones {
  /** The mailbox gave messages; nothing is stored. */
  'messages-fetched': { mailboxId: string; messages: number; failed: number }
  /** A large raw message is on the disk under no name yet. */
  'raw-file-written': { sha256: string }
  /** It has its name; no row knows it. */
  'raw-file-named': { sha256: string }
  /** They are committed, with their jobs and the cursor. */
  'messages-stored': { mailboxId: string; messages: number }
  /** The mailbox was told to put messages aside; what it answered is not kept. */
  'messages-settled': { mailboxId: string; messages: number }
  /** What it answered is committed; so many are put aside. */
  'settle-kept': { mailboxId: string; messages: number }
  /** A message was parsed, read and judged; nothing is changed by it. */
  'reply-understood': { inboundMessageId: string }
  /** A decision is written, inside the open transaction; what follows from it is not. */
  'decision-written': { actionId: string }
  /** What follows from a message is committed; its job is not done. */
  'reply-acted-on': { inboundMessageId: string; outcome: string; receivedAt: Date }
  /** Mails and their jobs are written, inside the open transaction that made them necessary. */
  'mails-written': { mails: number }
  /** *sending* is committed; the mailbox knows nothing. */
  'mails-claimed': { mailboxId: string; mails: number }
  /** The mailbox answered; nothing of it is kept. */
  'mails-handed-over': { mailboxId: string; mails: number }
  /** What became of each mail is committed. */
  'mails-settled': { mailboxId: string; mails: { kind: string; state: string }[] }
  /** A decision is committed that came through another door than mail, or by mail that was held and released. */
  'action-decided': { door: 'api' | 'portal' | 'mail' }
  /** Entra gave no access token. */
  'token-refused': { kind: string }
  /** A batch of jobs came to its end. */
  'jobs-done': { queue: string; done: number; failed: number }
  /** An HTTP request was answered. The route is its pattern, `none` when there is none. */
  'request-answered': { method: string; route: string; status: number; seconds: number }
}

export type Milestone = keyof Milestones

/** Tells that a milestone is reached. */
export function reached<Name extends Milestone>(name: Name, about: Milestones[Name]): void {
  channel(`countersign:${name}`).publish(about)
}

/** Calls `listen` at each milestone of this name. Returns what ends it. */
export function onMilestone<Name extends Milestone>(
  name: Name,
  listen: (about: Milestones[Name]) => void,
): () => void {
  const told = channel(`countersign:${name}`)
  const subscriber = (about: unknown) => listen(about as Milestones[Name])
  told.subscribe(subscriber)
  return () => void told.unsubscribe(subscriber)
}
