import type { Locale } from '../../../lib/translate.ts'
import type { Caller } from '../../caller.ts'
import type { RequestRow } from '../requests/request-view.ts'
import type { EvidenceMessage } from './message-files.ts'

/** What evidence is given of: a request with all of its messages, or one message with the request that it is about. */
export interface EvidenceScope {
  /** Null of a message that belongs to none. */
  request: RequestRow | null
  messages: EvidenceMessage[]
  /** Whether it is the request that was asked for, with the files that came with it. */
  isWhole: boolean
  at: Date
  caller: Caller
  locale: Locale
}
