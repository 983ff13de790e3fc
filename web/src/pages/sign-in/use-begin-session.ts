import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type Session, sessionQuery } from '../../api/session.ts'
import { wayBack } from '../../app/lead-to-sign-in.ts'

/** The server has begun a session that the browser did not keep: it gives such cookies back over TLS only. */
export class SessionNotKept extends Error {
  override name = 'SessionNotKept'
}

/** Begins a session and goes on to `to`. Fails with `ProblemError`, or with `SessionNotKept`. */
export function useBeginSession<Given>(begin: (given: Given) => Promise<Session>, to?: string) {
  const queries = useQueryClient()
  const { history } = useRouter()
  return useMutation({
    mutationFn: async (given: Given) => {
      await begin(given)
      // What was shown to whoever was here before is not for them.
      queries.clear()
      if ((await queries.fetchQuery(sessionQuery)) === null) throw new SessionNotKept()
      history.replace(wayBack(to))
    },
  })
}
