import { useQuery } from '@tanstack/react-query'
import { sessionQuery } from '../api/session.ts'

/** The time zone that the reader has chosen, in which moments are written; that of the browser without one. */
export function useTimeZone(): string {
  // Asked by each time on a page: who is signed in is looked at again elsewhere.
  const { data } = useQuery({ ...sessionQuery, refetchOnMount: false, refetchOnWindowFocus: false })
  return data?.person.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}
