import { ErrorState } from './error-state.tsx'
import { LoadingState } from './loading-state.tsx'

interface QueryStateProps {
  query: { data: unknown; error: unknown; refetch: () => unknown }
}

/** In the place of what a query has not brought yet: that it is on its way, or what went wrong and the way to ask again. */
export function QueryState({ query: { data, error, refetch } }: QueryStateProps) {
  if (data !== undefined) return null
  return error ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState />
}
