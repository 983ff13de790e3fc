import { type Query, type QueryFilters, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { components } from '../api/schema.ts'
import { sessionQuery } from '../api/session.ts'
import { listen } from '../parts/listen.ts'

/** How often one asks while the server cannot be heard. */
const ASK_MS = 30_000

/** What `GET /api/changes` says of a change. */
interface Changed {
  toDo: boolean
  ownRequests: boolean
  requests: number[]
}

const everything: QueryFilters[] = ['actions', 'action', 'requests', 'request'].map((name) => ({
  queryKey: [name],
}))

/** Fetches one's lists of approvals and requests, and an open one of them, anew whenever the server says that they are others. */
export function useChanges(personId: string | undefined): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    if (personId === undefined) return
    let asking: ReturnType<typeof setInterval> | undefined
    const renew = (filters: QueryFilters) => void queryClient.invalidateQueries(filters)
    const renewAll = () => everything.forEach(renew)
    const askWhoIsSignedIn = () => renew({ queryKey: sessionQuery.queryKey })
    const stop = listen('/api/changes', {
      on: {
        changed: (data) => whatIsAnother(JSON.parse(data)).forEach(renew),
        'ask-again': renewAll,
        'signed-out': askWhoIsSignedIn,
      },
      onLive(isLive) {
        clearInterval(asking)
        asking = isLive ? undefined : setInterval(renewAll, ASK_MS)
      },
      onRefused: askWhoIsSignedIn,
    })
    return () => {
      stop()
      clearInterval(asking)
    }
  }, [personId, queryClient])
}

function whatIsAnother({ toDo, ownRequests, requests }: Changed): QueryFilters[] {
  return [
    // An open action may be one that its reader may no longer see.
    ...(toDo ? [{ queryKey: ['actions'] }, { queryKey: ['action'] }] : []),
    ...(ownRequests ? [{ queryKey: ['requests'] }] : []),
    ...requests.flatMap((id) => [{ queryKey: ['request', id] }, { predicate: isActionOf(id) }]),
  ]
}

const isActionOf = (request: number) => (query: Query) =>
  query.queryKey[0] === 'action' &&
  (query.state.data as components['schemas']['Action'] | undefined)?.request.id === request
