import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../api/client.ts'

/** Whom the reader may mean by what they have written so far; nobody while they have written nothing. */
export const colleaguesCalled = (search: string) =>
  queryOptions({
    queryKey: ['colleagues', search],
    queryFn: async () =>
      (await answerOf(api.GET('/api/colleagues', { params: { query: { search } } }))).items,
    enabled: search !== '',
    staleTime: 60_000,
  })
