import { useQuery } from '@tanstack/react-query'
import { sessionQuery } from '../../api/session.ts'

/** Whether the reader is offered to change processes; the server decides. */
export function useMayEdit(): boolean {
  const { data: session } = useQuery(sessionQuery)
  // Where nobody is signed in, the server will say so.
  return session === null || session?.person.role === 'administrator'
}
