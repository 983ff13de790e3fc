import { useQuery } from '@tanstack/react-query'
import { sessionQuery } from '../../api/session.ts'

/** Whether the reader may change people; the server decides all the same. Auditors read. */
export function useMayChange(): boolean {
  const { data: session } = useQuery(sessionQuery)
  return session === null || session?.person.role === 'administrator'
}
