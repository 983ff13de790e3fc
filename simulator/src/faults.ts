/** What happens to a call instead of its answer, or before it. */
export type FaultAnswer =
  | ({ status: number; headers?: Record<string, string>; body?: string } & Delayed)
  | EwsFault
  | GraphFault
  /** A refusal of the token endpoint by its AADSTS number. */
  | ({ aadsts: number } & Delayed)
  /** A reply of IMAP or SMTP, without the tag, such as `NO Server Unavailable. 15`; nothing is done. */
  | { reply: string }
  /** The connection ends before anything is done. */
  | 'cut'
  /** The work is done, then the connection ends without an answer. */
  | 'cutAfter'
  /** The call is held back, then answered as usual. */
  | { waitMs: number }
  | Transmission

/** An EWS error: a SOAP fault, or with `as: 'response'` the error of response messages in a 200. */
export type EwsFault = {
  code: string
  /** In place of Exchange's English text: it is localised in reality. */
  message?: string
  as?: 'fault' | 'response'
  backOffMilliseconds?: number
  /** Positions from 0 of the response messages that fail; the others do their work. Default: all fail. */
  items?: number[]
  /** The position that fails; those before it do their work, those behind it get ErrorBatchProcessingStopped. */
  stopAt?: number
  /** With `stopAt`: one ErrorBatchProcessingStopped, and the list ends there, shorter than the request. */
  endsList?: true
} & Delayed

/** An error of Graph in its JSON form. */
export type GraphFault = {
  /** Such as `ApplicationThrottled`. */
  error: string
  status: number
  message?: string
  /** Such as the Location of a 410. */
  headers?: Record<string, string>
} & Delayed

interface Delayed {
  /** Sets Retry-After, as seconds (the default) or as an HTTP date (RFC 9110, section 10.2.3). */
  retryAfter?: { seconds: number; as?: 'seconds' | 'date' }
}

/** The usual answer, uncompressed, on its way through a bad network. */
export interface Transmission {
  /** Octets of a chunk: each one is written by itself. */
  chunkBytes?: number
  /** The connection ends after so many octets of the body. */
  cutAfterBytes?: number
}

/** A fault laid for the next `times` calls of one operation. */
export interface Fault {
  /** An operation of EWS such as `GetItem`, of Graph such as `GetMessage`, `IMAP UID FETCH`, `SMTP DATA`, or `Token`. */
  operation: string
  times: number
  answer: FaultAnswer
}

export interface Faults {
  add(fault: Fault): void
  /** The fault for this call, the oldest first, or `null`; counts it as used. */
  take(operation: string): FaultAnswer | null
  /** Those not used up yet. */
  list(): Fault[]
  clear(): void
}

export function createFaults(): Faults {
  let laid: Fault[] = []
  return {
    add: (fault) => void laid.push({ ...fault }),
    take(operation) {
      const fault = laid.find((entry) => entry.operation === operation)
      if (!fault) return null
      fault.times -= 1
      if (fault.times <= 0) laid = laid.filter((entry) => entry !== fault)
      return fault.answer
    },
    list: () => laid.map((fault) => ({ ...fault })),
    clear: () => {
      laid = []
    },
  }
}
