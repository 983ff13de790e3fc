import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ProblemError } from '../api/problem-error.ts'
import { leadToSignIn } from './lead-to-sign-in.ts'

/**
 * What the server has said stays good for a moment; a refusal is not asked for again, a silence once. Without a network
 * everything is tried all the same: it fails and is told, where it would wait in silence otherwise, and a decision that
 * somebody has given up would be sent when the network is back.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error, query) {
      const isSignedOut = error instanceof ProblemError && error.problem.code === 'not-signed-in'
      // What is shown already may be a form half filled in: it stays, and the frame offers to sign in.
      if (isSignedOut && query.state.data === undefined) leadToSignIn()
    },
  }),
  defaultOptions: {
    queries: {
      networkMode: 'always',
      refetchOnReconnect: true,
      staleTime: 5_000,
      retry: (failures, error) => !(error instanceof ProblemError) && failures < 1,
    },
    mutations: { networkMode: 'always' },
  },
})
