/**
 * The tables, as kysely sees them. `migrations/` creates them; the comments here say what each row stands for.
 * Times are `timestamptz`; ids are UUIDv7, but for requests, whose number people read aloud (#42).
 */
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { RequestData } from '../approvals/model/check-request-data.ts'
import type { DelegationRefusal } from '../approvals/model/delegation-refusal.ts'
import type { ProcessDefinition } from '../approvals/model/process.ts'
import type { MailboxSettings } from '../lib/mailbox-settings.ts'
import type { ReadContext, ReplyReading, StandIn, UnclearReason } from '../replies/reading.ts'
import type { Verdict } from '../trust/verdict.ts'

type Timestamp = ColumnType<Date, Date | string, Date | string>
type Json<T extends object> = JSONColumnType<T, string, string>
/** SQL NULL when there is nothing, never JSON's null. */
type NullableJson<T extends object> = ColumnType<T | null, string | null, string | null>

/** Somebody who requests, approves or administers. */
export interface PersonTable {
  id: string
  /** Folded address; unique. */
  address: string
  name: string
  locale: 'en' | 'fr'
  /** They chose their language themself: an import leaves it. */
  localeChosen: Generated<boolean>
  /** IANA, in which mails tell them the hour; null for that of the mailbox. */
  timeZone: ColumnType<string | null, string | null | undefined, string | null>
  managerId: string | null
  /** An auditor sees what administrators see of requests, messages and the audit, and changes nothing of it. */
  role: 'member' | 'auditor' | 'administrator'
  active: Generated<boolean>
  createdAt: Timestamp
  /** Name and address without accents and capitals: `people/search-people`. */
  searchText: ColumnType<string, never, never>
}

/** Another address of the same person (Entra proxyAddresses, a former name). Folded and unique over all people. */
export interface PersonAliasTable {
  address: string
  personId: string
}

export interface PeopleGroupTable {
  id: string
  /** Unique, used in process definitions. */
  name: string
}

/** What a group was called before: whatever calls it so still finds it. No other group is called so. */
export interface PeopleGroupFormerNameTable {
  name: string
  groupId: string
}

/** A change of a group but for its members, whose own events tell of those (ADR 19). Outlives the group. */
export interface PeopleGroupEventTable {
  id: string
  at: Timestamp
  groupId: string
  kind: 'made' | 'renamed' | 'deleted'
  /** From then on; of a deleted group its last one. */
  name: string
  /** renamed */
  formerName: string | null
  /** Null for the operator at the command line. */
  actorId: string | null
}

export interface GroupMemberTable {
  groupId: string
  personId: string
}

/** Whom the actions go to that open while somebody is away (ADR 19). At most one of a person counts at a time. */
export interface DelegationTable {
  id: string
  /** Who is away. */
  personId: string
  toId: string
  startsAt: Timestamp
  /** The first moment at which it does not count any more. */
  endsAt: Timestamp
  /** What whoever is asked instead gets to read. */
  note: string
  recordedAt: Timestamp
  /** Null for the operator at the command line. */
  recordedBy: string | null
  /** When it was ended before its time. */
  endedAt: Timestamp | null
}

/** What was changed of a person, and by whom: it decides who may approve (ADR 19). Never changed, never removed. */
export interface PersonEventTable {
  id: string
  at: Timestamp
  personId: string
  kind: 'added' | 'changed' | 'group-joined' | 'group-left' | 'delegation-recorded' | 'delegation-ended'
  /** Null for the operator at the command line. */
  actorId: string | null
  payload: Json<PersonEventFacts>
}

/** The facts of a person event, those that its kind has. */
export interface PersonEventFacts {
  /** added, changed: what was before and is now; a manager by address. */
  changes?: PersonChange[]
  /** group-joined, group-left: by name. */
  group?: string
  /** delegation-recorded, delegation-ended. */
  delegation?: { id: string; to: string; startsAt: string; endsAt: string }
}

export interface PersonChange {
  field: 'address' | 'name' | 'locale' | 'timeZone' | 'role' | 'active' | 'manager' | 'aliases'
  /** Null where there was nothing, as of somebody who is added. */
  from: string | null
  to: string | null
}

/** One version of a process. Requests keep the version they started with. */
export interface ProcessTable {
  id: string
  name: string
  version: number
  status: 'active' | 'archived'
  definition: Json<ProcessDefinition>
  /** As it was written, comments and all: what the next version is made from. */
  source: string
  /** SHA-256 of the canonical definition: an import that changes nothing makes no version. */
  digest: string
  /** Which mailbox its mails go out from, and whose replies are read. */
  mailboxId: string
  importedAt: Timestamp
  /** Null for the operator at the command line. */
  importedBy: string | null
}

/** A running or ended instance of a process. */
export interface RequestTable {
  id: Generated<number>
  processId: string
  requesterId: string
  title: string
  /** Field values, as checked against the definition. */
  data: Json<RequestData>
  status: 'open' | 'completed' | 'cancelled'
  /** The end that was reached, as the definition names it; null while open. */
  ending: string | null
  /** Given by the caller, so that a repeated call finds the same request; unique per requester. */
  idempotencyKey: string | null
  /**
   * SHA-256 of the process's name, of the data as it was filed, which decisions add to, and of the files: tells a
   * repeated call from another one.
   */
  inputDigest: string
  createdAt: Timestamp
  closedAt: Timestamp | null
}

/** A file that came with a request; a draft of whoever uploaded it until a request takes it over. */
export interface RequestFileTable {
  id: string
  /** Null while it is a draft. */
  requestId: number | null
  /** 1, 2, 3 … within the request; null while it is a draft. */
  place: number | null
  name: string
  /** As it was declared, in lower case and without parameters: nothing vouches for it. */
  mediaType: string
  size: number
  sha256: string
  /** Null once they are erased. */
  octets: Buffer | null
  /** Null for the operator at the command line. */
  addedBy: string | null
  addedAt: Timestamp
  /** When its octets were erased: the request is over for longer than its mailbox keeps messages. */
  erasedAt: Timestamp | null
}

/** A step waiting, or having waited, for a person. */
export interface ActionTable {
  id: string
  requestId: number
  /** 1, 2, 3 … within the request: the 7 of #42-7. */
  number: number
  /** The step's name in the definition. */
  step: string
  status: 'open' | 'decided' | 'cancelled'
  openedAt: Timestamp
  dueAt: Timestamp | null
  closedAt: Timestamp | null
  /** How often the people asked have handed it on. */
  timesDelegated: Generated<number>
}

/** Somebody who may decide an action; several for a self-service group. Ended by reassignment. */
export interface ActionAssigneeTable {
  actionId: string
  personId: string
  /** The group that made them an assignee: membership is judged again when the reply comes. */
  groupId: string | null
  /** The assignee who has asked them instead; null when the process or an administrator did. */
  handedOnBy: string | null
  assignedAt: Timestamp
  endedAt: Timestamp | null
}

/**
 * A reply token, hashed. It is derived from `nonce` with the installation's key whenever a mail needs it. It works in
 * mailboxes of the instance that it was made under, so that a copy of the database knows no reply to the original.
 */
export interface ReplyTokenTable {
  /** SHA-256 of the token. */
  hash: string
  actionId: string
  personId: string
  nonce: Buffer
  keyId: string
  instance: string
  createdAt: Timestamp
  expiresAt: Timestamp | null
}

/** One per action, for ever: the primary key is what lets the first answer win over every door. */
export interface DecisionTable {
  actionId: string
  personId: string
  /** The answer that decided. */
  result: string
  /** The answers to all questions of the action by id, that one among them; as text, as the reader gives them. */
  answers: Json<Record<string, string>>
  comment: string
  door: 'mail' | 'portal' | 'api'
  inboundMessageId: string | null
  /** SHA-256 of the raw reply; null for other doors. */
  rawSha256: string | null
  /** The administrator who took a held reply for theirs; null for every other. */
  releasedBy: string | null
  /** The administrator who read a reply that the reader did not understand, and entered it; null for every other. */
  enteredBy: string | null
  decidedAt: Timestamp
}

/**
 * What was understood of one person's answer that still lacks something: a required comment, or answers to some of the
 * questions. It decides nothing, and ends with the decision of anybody, or with an unclear reply of theirs.
 */
export interface PartialAnswerTable {
  actionId: string
  personId: string
  /** By question id, as in a decision. */
  answers: Json<Record<string, string>>
  comment: string
  /** The questions that our mail asks for now, by id. */
  asked: Json<string[]>
  /** The latest message that they come from; the entries `answer-kept` of the audit name all. */
  inboundMessageId: string
  createdAt: Timestamp
}

/** What is wrong with a mailbox: texts under `mail-errors` tell it. */
export interface MailboxTrouble {
  kind: string
  providerCode: string
  messageKey: string | null
  messageValues: Record<string, string>
  /** ISO 8601; of the first failure in a row, whatever went wrong later. */
  since: string
  /** What failed last. */
  work: 'receive' | 'send'
}

/** Where this database lived when jobs were last started on it: see `mailboxes/detach-when-moved`. One row. */
export interface InstallationTable {
  id: Generated<number>
  attachedTo: string
  attachedAt: Timestamp
}

/** A mailbox that is read again because its database is older than it: from when, and what was seen. */
export interface Reattachment {
  /** ISO 8601; when it was asked for. */
  at: string
  /** ISO 8601; what was received before this is not looked at. */
  since: string
  /** ISO 8601; null until all was read. */
  endedAt: string | null
  /** Hashes of reply tokens that look like ours and are unknown: mails that were written after the backup. */
  unknownTokens: string[]
}

/** A time in which a mailbox did not work, and what of it the webhook was told. At most one a mailbox has not ended. */
export interface MailboxOutageTable {
  id: string
  mailboxId: string
  trouble: Json<MailboxTrouble>
  endedAt: Timestamp | null
  told: 'nothing' | 'down' | 'up' | 'given-up'
  /** Of what is to be told next. */
  attempts: Generated<number>
  nextAttemptAt: Timestamp
}

/** One setting that somebody changed, by the form's name for it. */
export interface ToldChange {
  /** `mailbox.host`, `oauth.scope`, `remoteApproval.enabled` … */
  setting: string
  from: string | number | boolean | null
  to: string | number | boolean | null
  /** Another was entered, of which nothing more is kept: a secret, or what is too long. Both values are null then. */
  replaced: boolean
}

/** What was done to the configuration of a mailbox, and by whom. */
export interface MailboxChangeTable {
  id: string
  mailboxId: string
  at: Timestamp
  /** The administrator; null for the operator at the command line. */
  actorId: string | null
  kind: 'created' | 'changed' | 'moved' | 'paused' | 'resumed' | 'reattached'
  changes: Json<ToldChange[]>
}

/** A mailbox of the installation: settings of the Remote Approval tab, cursor and state. */
export interface MailboxTable {
  id: string
  /** Unique; named in process definitions and on the command line. */
  name: string
  settings: Json<MailboxSettings>
  /** Sealed secrets, see `store/key-ring.ts`; null when the type needs none. */
  secrets: Buffer | null
  state: 'running' | 'paused' | 'disabled' | 'detached'
  /** What went wrong last, until it works again; a paused mailbox has been stopped by it. */
  trouble: NullableJson<MailboxTrouble>
  /** Failures in a row, and when the mailbox may be read again. */
  failures: Generated<number>
  retryAt: Timestamp | null
  /** When mails may be sent from it again. */
  sendRetryAt: Timestamp | null
  /** When it was paused by an administrator, and by whom; null for the operator at the command line. */
  pausedAt: Timestamp | null
  pausedBy: string | null
  cursor: string | null
  /** Mail received before this is never acted on. */
  startFrom: Timestamp
  /** Where a mailbox that is read anew begins, when later than `startFrom`: what is older is known. Null once it is read. */
  readFrom: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** The process that watches it now, and until when without renewal. */
  watchedBy: string | null
  watchedUntil: Timestamp | null
  /** When it was last read to its end: all that had come by then is known. */
  lastReceivedAt: Timestamp | null
  /** Of the last time that it was read again after a restore; null when it never was. */
  reattachment: ColumnType<Reattachment | null, string | null | undefined, string | null>
}

/**
 * Whether the provider calls us when mail arrives in a mailbox; there is a row once it was looked at. *unsupported*: it is
 * not such a provider; *off*: no public URL, or the mailbox is disabled; *failed*: `trouble` says why, and it is tried
 * again. The columns from `providerId` on are the subscription that the provider has as far as we know, whatever the
 * state, or all null.
 */
export interface MailboxPushTable {
  mailboxId: string
  state: 'unsupported' | 'off' | 'on' | 'failed'
  /** Digest of all that decides about it: looked at again when it would be another. */
  basis: string
  /** When it is looked at again though nothing has changed: to renew it, or to try once more. */
  dueAt: Timestamp | null
  failures: number
  trouble: NullableJson<Omit<MailboxTrouble, 'work'>>
  providerId: string | null
  /** SHA-256 of the secret that comes with each call of the provider's. */
  clientStateHash: string | null
  /** Digest of what it was made for: of no use for another. */
  target: string | null
  expiresAt: Timestamp | null
  /** The mailbox's when it was made or renewed: it can be removed though the mailbox has others by then. */
  settings: NullableJson<MailboxSettings>
  secrets: Buffer | null
}

/**
 * A message of ours in the mailbox. `state` says where it stands:
 * received → (processed | failed → received … → dead). `outcome` says what became of it.
 */
export interface InboundMessageTable {
  id: string
  mailboxId: string
  providerId: string
  /** Finds copies of one message: see `inbound/fingerprint`. */
  fingerprint: string
  duplicateOf: string | null
  folder: 'inbox' | 'junk' | 'processed' | 'deleted'
  receivedAt: Timestamp
  storedAt: Timestamp
  /** The octets; null when they are a file (`raw-messages/`) or were erased. */
  raw: Buffer | null
  rawSha256: string
  rawSize: number
  originalOctets: boolean
  transportHeaders: string | null
  itemClass: string | null
  /** Envelope for lists; empty when the message could not be parsed. */
  fromAddress: string
  subject: string
  messageId: string | null
  state: 'received' | 'processed' | 'dead'
  outcome: InboundOutcome | null
  attempts: Generated<number>
  nextAttemptAt: Timestamp | null
  /** What went wrong last, for the administrator; null when nothing did. */
  error: NullableJson<Failure>
  settleState: 'due' | 'done' | 'failed'
  settleAttempts: Generated<number>
  requestId: number | null
  actionId: string | null
  personId: string | null
  reading: NullableJson<ReplyReading>
  /** What the reader was told that is otherwise later; null while it was not read. */
  readAs: ColumnType<ReadAs | null, string | null | undefined, string | null>
  verdict: NullableJson<Verdict>
  processedAt: Timestamp | null
  /** When retention took the octets, the subject and the reading; what was decided by them stays. */
  erasedAt: ColumnType<Date | null, Date | null | undefined, Date | null>
}

/** By this and its octets a message is read again as it was when it came: `inbound/replay`. */
export type ReadAs = Pick<ReadContext, 'locale' | 'open' | 'deciding' | 'awaitsComment'>

/** What went wrong with a message, for the administrator. Texts under `mail-errors` tell a failure of the mailbox. */
export interface Failure {
  /** Ours or the provider's: `unreadable`, `ErrorCorruptData`, an RFC 3463 status … */
  code: string
  message: string
  /** Of a failure of the mailbox; see `MailError`. */
  kind?: string
  messageKey?: string | null
  messageValues?: Record<string, string>
}

/** What became of an inbound message. */
export type InboundOutcome =
  | 'decided'
  | 'kept-partly'
  | 'commented'
  | 'asked-back'
  | 'held'
  | 'rejected'
  | 'late'
  | 'automatic'
  | 'bounce'
  | 'duplicate'
  | 'instructed'

/** An item of ours that could not be fetched; retried apart from the cursor. */
export interface FailedFetchTable {
  id: string
  mailboxId: string
  providerId: string
  /** Null where the provider did not tell. */
  receivedAt: Timestamp | null
  attempts: number
  /** Null when trying again is of no use. */
  nextAttemptAt: Timestamp | null
  error: Json<Failure>
  firstFailedAt: Timestamp
}

/**
 * A mail that must go out, written in the transaction that made it necessary. `state`:
 * waiting → sending → sent, or unknown → (sent | waiting), or dead; cancelled when it became pointless.
 */
export interface OutboundMessageTable {
  id: string
  mailboxId: string
  kind: OutboundKind
  /** Lower goes first when the sending budget is short. */
  priority: number
  personId: string | null
  toAddress: string
  requestId: number | null
  actionId: string | null
  /** The inbound message that this one answers. */
  inReplyTo: string | null
  payload: Json<OutboundPayload>
  /** Our Message-ID, chosen at the first attempt and kept for the repeats; null before. */
  messageId: string | null
  /** The text part as it went out, by which a reply's quote is recognised; null before the first attempt. */
  sentText: string | null
  state: 'waiting' | 'sending' | 'unknown' | 'sent' | 'dead' | 'cancelled' | 'undelivered'
  attempts: Generated<number>
  nextAttemptAt: Timestamp
  /** What a mail that is due waits for; null while nothing keeps it. */
  waitsFor: 'sending-budget' | null
  /** When it was claimed last, which is what the sending budget counts. */
  sendingSince: Timestamp | null
  sentAt: Timestamp | null
  providerId: string | null
  error: NullableJson<Failure>
  createdAt: Timestamp
}

/** Why a reply is asked back: one text each in the catalogue. */
export type AskedBackReason =
  | UnclearReason
  | 'empty'
  | 'comment-missing'
  | 'incomplete'
  /** What they have written since says something else. */
  | 'overtaken'
  | 'help'
  | 'not-fetched'

/** What a mail says beyond its request and action; which members are there depends on the kind. Holds no token. */
export interface OutboundPayload {
  /** asked-back: why. */
  reason?: AskedBackReason
  /** asked-back, confirm-held: the result that was understood. */
  understood?: string | null
  /** asked-back: what is kept of their answer, and what lacks: questions by id, a comment. */
  kept?: { answers: Record<string, string>; asked: string[]; comment: boolean } | undefined
  /** confirmation: the result that was recorded. */
  result?: string
  /** confirmation: who has entered it in the name of the person asked, and why. */
  entered?: { by: string; reason: string }
  /** undelivered, approver-away: who could not be reached. */
  assigneeId?: string | null
  /** undelivered: the address, and the RFC 3463 status. */
  address?: string
  status?: string | null
  /** approver-away: ISO date. */
  returnsOn?: string | null
  /** approver-away: whom their automatic reply names in their place. */
  standIn?: StandIn | null
  /** approval: who has handed the action on, and what they say. */
  handedOn?: { by: string; comment: string }
  /** action-withdrawn: why, in the words of who has cancelled the request. */
  withdrawn?: { comment: string }
  /** delegated: who is asked instead, and until when they were to be. */
  delegated?: { to: string; until: string | null }
  /** asked-back: a delegation that is not done, the name in it, and the people whom it may mean. */
  refused?: { why: DelegationRefusal; to: string; candidates: string[] }
}

export type OutboundKind =
  /** The approval e-mail. */
  | 'approval'
  /** The reply was unclear, empty or incomplete. */
  | 'asked-back'
  /** The reply is held: confirm in the portal. */
  | 'confirm-held'
  /** The action was decided already. */
  | 'late'
  /**
   * The decision was recorded (only when confirmations are switched on); or somebody has entered it for the recipient, or
   * for whoever the recipient, who made the request, waits for.
   */
  | 'confirmation'
  /** The comment was recorded. */
  | 'comment-recorded'
  /** To the requester: the request ended. */
  | 'request-closed'
  /** To the requester: an approval e-mail could not be delivered. */
  | 'undelivered'
  /** To the requester: the approver is away. */
  | 'approver-away'
  /** To an assignee: the action was withdrawn or given to somebody else. */
  | 'action-withdrawn'
  /** To an assignee: the action was handed on, as they wished. */
  | 'delegated'
  /** To an assignee: where the request stands, as they asked. */
  | 'status'

/**
 * A line that an organisation puts below its mails (ADR 14). *learned* and *on* are taken off before a comment is read;
 * *proposed* has the evidence, but casts a doubt on an answer, so that an administrator must switch it on.
 */
export interface FooterTable {
  id: string
  /** Of the sender; folded. */
  domain: string
  /** Its folded words. */
  key: string
  /** Of the key, as the sightings have it. */
  digest: string
  /** As it was written. */
  line: string
  state: 'learned' | 'proposed' | 'on' | 'off'
  learnedAt: Timestamp
  /** The message that completed the evidence. */
  exampleId: string
  switchedAt: Timestamp | null
  /** Null for the operator at the command line. */
  switchedBy: string | null
}

/** That somebody wrote a line below an answer on a day. The line itself is in their message alone. */
export interface FooterSightingTable {
  domain: string
  /** `KeyRing.digestText` of the folded words. */
  digest: string
  personId: string
  /** Of UTC, `2026-11-24`. */
  day: ColumnType<Date, string, string>
}

/** Hash-chained per request (DESIGN section 7). `payload` may be erased; the chain still verifies. */
export interface AuditEntryTable {
  requestId: number
  sequence: number
  at: Timestamp
  kind: string
  actorId: string | null
  payload: NullableJson<object>
  payloadDigest: string
  previousDigest: string
  digest: string
}

/** A signed statement of how far the audit chains had come; it names the heads that moved since the one before. */
export interface AuditCheckpointTable {
  /** 1, 2, 3 … */
  number: number
  at: Timestamp
  /** SHA-256 over its heads in order of their requests. */
  headsDigest: string
  headCount: number
  /** Signature of the checkpoint before; empty for the first. */
  previousSignature: string
  keyId: string
  /** Ed25519 over the canonical statement, base64. */
  signature: string
}

/** Where one request's chain stood at a checkpoint. */
export interface AuditCheckpointHeadTable {
  checkpoint: number
  requestId: number
  sequence: number
  digest: string
}

export interface ApiTokenTable {
  id: string
  hash: string
  personId: string
  name: string
  scopes: Json<string[]>
  createdAt: Timestamp
  expiresAt: Timestamp | null
  revokedAt: Timestamp | null
  lastUsedAt: Timestamp | null
}

/** What somebody signs in with (ADR 18); without a row they cannot. */
export interface PersonPasswordTable {
  personId: string
  /** Salt, digest and what it was made with: `people/sign-in/hash-password`. */
  hash: string
  setAt: Timestamp
}

/** A link by which somebody sets their password, once. A new one takes the place of the one before. */
export interface SignInLinkTable {
  personId: string
  /** SHA-256 of the token in it. */
  hash: string
  expiresAt: Timestamp
}

/** A browser that somebody is signed in with. */
export interface SignInSessionTable {
  id: string
  /** SHA-256 of the cookie's value. */
  hash: string
  personId: string
  userAgent: string
  createdAt: Timestamp
  /** Exact to the minute. */
  lastSeenAt: Timestamp
  /** However busy it is. */
  expiresAt: Timestamp
}

/** How often signing in has failed of late, for an account or from an address. */
export interface SignInThrottleTable {
  /** `KeyRing.digestText` of which it is: what was typed may be a password. */
  key: string
  failures: number
  failedAt: Timestamp
  /** No attempt is looked at before. */
  waitUntil: Timestamp
}

/** Who signed in and out, or was refused. */
export interface SignInEventTable {
  id: string
  at: Timestamp
  kind: 'invited' | 'password-set' | 'signed-in' | 'refused' | 'signed-out' | 'session-ended'
  /** Null where no such person is known: what was typed is not kept. */
  personId: string | null
  remoteAddress: string
  userAgent: string
}

export interface Database {
  person: PersonTable
  personAlias: PersonAliasTable
  peopleGroup: PeopleGroupTable
  peopleGroupFormerName: PeopleGroupFormerNameTable
  peopleGroupEvent: PeopleGroupEventTable
  groupMember: GroupMemberTable
  delegation: DelegationTable
  personEvent: PersonEventTable
  process: ProcessTable
  request: RequestTable
  requestFile: RequestFileTable
  action: ActionTable
  actionAssignee: ActionAssigneeTable
  replyToken: ReplyTokenTable
  decision: DecisionTable
  partialAnswer: PartialAnswerTable
  installation: InstallationTable
  mailbox: MailboxTable
  mailboxChange: MailboxChangeTable
  mailboxOutage: MailboxOutageTable
  mailboxPush: MailboxPushTable
  inboundMessage: InboundMessageTable
  failedFetch: FailedFetchTable
  outboundMessage: OutboundMessageTable
  footer: FooterTable
  footerSighting: FooterSightingTable
  auditEntry: AuditEntryTable
  auditCheckpoint: AuditCheckpointTable
  auditCheckpointHead: AuditCheckpointHeadTable
  apiToken: ApiTokenTable
  personPassword: PersonPasswordTable
  signInLink: SignInLinkTable
  signInSession: SignInSessionTable
  signInThrottle: SignInThrottleTable
  signInEvent: SignInEventTable
}
