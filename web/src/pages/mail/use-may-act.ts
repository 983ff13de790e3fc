import { useQuery } from '@tanstack/react-query'
import { sessionQuery } from '../../api/session.ts'

/** Auditors look; whoever calls with a token of their own is told by the server. */
export function useMayAct(): boolean {
  const { data: session } = useQuery(sessionQuery)
  return session === null || session?.person.role === 'administrator'
}
