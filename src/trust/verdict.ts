/**
 * Is it really them? Facts in, verdict out. The facts and the verdict are stored with the decision (promise 5).
 */
import type { Folder } from '../mail/message.ts'

export type TrustPolicy = 'standard' | 'strict'

/** How the reply token stands to the action and the person it was given to. */
export type TokenFact =
  | 'valid'
  /** A token of ours, but its action was closed, reassigned or it ran out. */
  | 'expired'
  /** Looks like a token and is none of ours. */
  | 'unknown'
  /** Two different valid tokens in one message. */
  | 'several'
  | 'absent'

/** How the From address stands to the person the token was given to. */
export type SenderFact =
  | 'assignee'
  | 'assignee-alias'
  /** Somebody else whom we know. */
  | 'other-person'
  | 'stranger'
  | 'none'
  | 'several'

/** What the receiving Exchange said of the message: its internal mark and its topmost Authentication-Results. */
export interface AuthenticationFacts {
  /** `X-MS-Exchange-Organization-AuthAs`, taken from Exchange-type mailboxes only. */
  exchangeAuthAs: 'internal' | 'anonymous' | 'external' | 'partner' | null
  dmarc: 'pass' | 'fail' | 'bestguesspass' | 'none' | 'temperror' | 'permerror' | null
  /** DMARC's action when it failed: `oreject`, `quarantine` … */
  dmarcAction: string | null
  compauth: 'pass' | 'softpass' | 'fail' | 'none' | null
  compauthReason: string | null
  /** Domain of header.from in the same header; must equal the From domain. */
  headerFrom: string | null
  /** `X-Forefront-Antispam-Report` CAT, such as `SPOOF` or `PHSH`. */
  spamCategory: string | null
  /** Spam confidence level, -1 … 9. */
  scl: number | null
}

export interface TrustFacts {
  token: TokenFact
  sender: SenderFact
  fromDomain: string | null
  /** Sender header names another address than From (send on behalf). */
  sentOnBehalf: boolean
  folder: Folder
  authentication: AuthenticationFacts
  /** A member of a group whom the token was given to has left it since. */
  stillEntitled: boolean
}

/** Why: each has a sentence in the catalogue under `trust.reasons`. */
export type TrustReason =
  | 'internal-mail'
  | 'dmarc-pass'
  | 'compauth-pass'
  | 'token-absent'
  | 'token-unknown'
  | 'token-expired'
  | 'token-several'
  | 'sender-not-assignee'
  | 'sender-none'
  | 'sender-several'
  | 'sent-on-behalf'
  | 'no-longer-entitled'
  | 'in-junk'
  | 'authentication-failed'
  | 'authentication-weak'
  | 'authentication-missing'
  | 'spoof-category'
  | 'spam-level'

export interface Verdict {
  verdict: 'accepted' | 'held' | 'rejected'
  policy: TrustPolicy
  /** What weighed, strongest first; never empty. */
  reasons: TrustReason[]
  facts: TrustFacts
}
