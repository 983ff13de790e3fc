import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Filter } from './filter.ts'
import { mailLogKey } from './messages.ts'

/** A browser that was refused asks no more by itself. */
const AGAIN_MS = 10_000

/** Fetches the mail log anew whenever the server says that it is another. Returns whether the server can be heard. */
export function useLive(filter: Filter): boolean {
  const queryClient = useQueryClient()
  const [isLive, setLive] = useState(false)
  const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]))
  const address = `/api/messages/events?${query}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address says which filter it is
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined
    let source: EventSource
    const listen = () => {
      source = new EventSource(address)
      source.addEventListener('open', () => setLive(true))
      source.addEventListener('changed', () => {
        void queryClient.invalidateQueries({ queryKey: mailLogKey(filter) })
      })
      source.addEventListener('error', () => {
        setLive(false)
        if (source.readyState === EventSource.CLOSED) again = setTimeout(listen, AGAIN_MS)
      })
    }
    listen()
    return () => {
      clearTimeout(again)
      source.close()
      setLive(false)
    }
  }, [address, queryClient])
  return isLive
}
