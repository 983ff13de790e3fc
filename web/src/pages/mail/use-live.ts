import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { listen } from '../../parts/listen.ts'
import type { Filter } from './filter.ts'
import { mailLogKey } from './messages.ts'

/** Fetches the mail log anew whenever the server says that it is another. Returns whether the server can be heard. */
export function useLive(filter: Filter): boolean {
  const queryClient = useQueryClient()
  const [isLive, setLive] = useState(false)
  const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]))
  const address = `/api/messages/events?${query}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address says which filter it is
  useEffect(() => {
    const changed = () => void queryClient.invalidateQueries({ queryKey: mailLogKey(filter) })
    return listen(address, { on: { changed }, onLive: setLive })
  }, [address, queryClient])
  return isLive
}
