/** What one operation was asked for since the start or the last reset. */
interface CallCount {
  /** An operation of EWS or Graph, `Token`, `IMAP UID FETCH`, `SMTP DATA`, or `Unreadable` for a body that is no SOAP request. */
  operation: string
  /** HTTP requests, or commands of IMAP and SMTP; a request within a Graph `$batch` is none. */
  count: number
  /** Requests as throttling counts them: each one within a `$batch`, and not the `$batch` itself. */
  units: number
  /** Ids, messages or folders named in the requests; for FindItem and SyncFolderItems the entries returned. */
  items: number
  /** Octets of the requests' bodies. */
  requestBytes: number
  /** Octets of the answers' bodies. */
  bytes: number
}

type Call = Omit<CallCount, 'operation' | 'count' | 'units'> & { count?: number; units?: number }

export interface Calls {
  /** `count` and `units` are 1 unless given. */
  record(operation: string, call: Call): void
  list(): CallCount[]
  clear(): void
}

/** The test's eyes: counts every request, the refused and the cut ones too. */
export function createCalls(): Calls {
  const counts = new Map<string, CallCount>()
  return {
    record(operation, { count = 1, units = 1, ...call }) {
      const entry = counts.get(operation) ?? {
        operation,
        count: 0,
        units: 0,
        items: 0,
        requestBytes: 0,
        bytes: 0,
      }
      entry.count += count
      entry.units += units
      entry.items += call.items
      entry.requestBytes += call.requestBytes
      entry.bytes += call.bytes
      counts.set(operation, entry)
    },
    list: () => [...counts.values()].map((entry) => ({ ...entry })),
    clear: () => counts.clear(),
  }
}
