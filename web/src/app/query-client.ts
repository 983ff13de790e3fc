import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from '../api/problem-error.ts'

/** What the server has said stays good for a moment; a refusal is not asked for again, a silence once. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => !(error instanceof ProblemError) && failures < 1,
    },
  },
})
