/** What one operation was asked for since the start or the last reset. */
interface CallCount {
  /** An EWS operation, `Token`, or `Unreadable` for a body that is no SOAP request. */
  operation: string
  /** HTTP requests. */
  count: number
  /** Ids, messages or folders named in the requests; for FindItem and SyncFolderItems the entries returned. */
  items: number
  /** Octets of the requests' bodies. */
  requestBytes: number
  /** Octets of the answers' bodies. */
  bytes: number
}

export interface Calls {
  record(operation: string, call: Omit<CallCount, 'operation' | 'count'>): void
  list(): CallCount[]
  clear(): void
}

/** The test's eyes: counts every request, the refused and the cut ones too. */
export function createCalls(): Calls {
  const counts = new Map<string, CallCount>()
  return {
    record(operation, call) {
      const entry = counts.get(operation) ?? { operation, count: 0, items: 0, requestBytes: 0, bytes: 0 }
      entry.count += 1
      entry.items += call.items
      entry.requestBytes += call.requestBytes
      entry.bytes += call.bytes
      counts.set(operation, entry)
    },
    list: () => [...counts.values()].map((entry) => ({ ...entry })),
    clear: () => counts.clear(),
  }
}
