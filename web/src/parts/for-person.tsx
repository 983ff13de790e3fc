import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { type Session, sessionQuery } from '../api/session.ts'
import { leadToSignIn } from '../app/lead-to-sign-in.ts'
import { ErrorState } from './error-state.tsx'
import { LoadingState } from './loading-state.tsx'

/**
 * What is somebody's own, for who is signed in; nobody else sees it, and is led to the sign-in. What is shown already stays
 * when the session ends meanwhile: it may be a form half filled in.
 */
export function ForPerson({ children }: { children: (session: Session) => ReactNode }) {
  const { data, error, refetch } = useQuery(sessionQuery)
  const [known, setKnown] = useState<Session | null>(null)
  if (data && data !== known) setKnown(data)
  const session = data ?? known
  const isNobody = data === null && known === null
  useEffect(() => {
    if (isNobody) leadToSignIn()
  }, [isNobody])
  if (session) return children(session)
  return error ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState />
}
