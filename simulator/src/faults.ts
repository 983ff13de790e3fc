/** What happens to a call instead of its answer, or before it. */
export type FaultAnswer =
  | { status: number; headers?: Record<string, string>; body?: string }
  /** An EWS error: a SOAP fault, or with `as: 'response'` the error of every response message in a 200. */
  | { code: string; as?: 'fault' | 'response'; backOffMilliseconds?: number }
  /** The connection ends before anything is done. */
  | 'cut'
  /** The work is done, then the connection ends without an answer. */
  | 'cutAfter'
  /** The call is held back, then answered as usual. */
  | { waitMs: number }

/** A fault laid for the next `times` calls of one operation. */
export interface Fault {
  /** An EWS operation such as `GetItem`, or `Token`. */
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
