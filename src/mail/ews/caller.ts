import type { MailErrorFacts } from '../errors.ts'

/** What a refusal means, but for what the answer itself names. */
export type Meaning = Omit<MailErrorFacts, 'providerCode' | 'messageValues'>

/** Who calls Exchange for a mailbox: how that is proven, and what it means when Exchange takes no proof of it. */
export interface Caller {
  /** Whether the mailbox is another's, for whom the caller acts. */
  impersonates: boolean
  /** The value of the Authorization header. Throws `MailError`. */
  authorization(signal: AbortSignal): Promise<string>
  /** Says that this one was refused. Whether the next one is another. */
  reject(authorization: string): boolean
  /** What HTTP 401 means. */
  unauthorised(headers: Headers, authorization: string): Meaning
  /** What HTTP 403 means. */
  forbidden(headers: Headers, authorization: string): Meaning
}
