import { infiniteQueryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/schema.ts'

export type Absence = components['schemas']['Delegation']

/** The absences of a person, newest first; or those ahead in which they stand in for others. */
export const absencesOf = (personId: string, as: 'away' | 'stand-in') =>
  infiniteQueryOptions({
    queryKey: ['absences', personId, as],
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/people/{id}/delegations', {
          params: {
            path: { id: personId },
            query: {
              as,
              ...(as === 'stand-in' && { ahead: 'true' }),
              ...(pageParam && { after: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export interface NewAbsence {
  to: string
  startsAt: string
  /** The first moment after it. */
  endsAt: string
  note: string
}

/** Throws `ProblemError`: `delegation-overlaps`, `person-not-found` … */
export function recordAbsence(personId: string, body: NewAbsence): Promise<Absence> {
  return answerOf(api.POST('/api/people/{id}/delegations', { params: { path: { id: personId } }, body }))
}

export async function endAbsence({ id, person }: Absence): Promise<void> {
  const path = { id: person.id, delegationId: id }
  await answerOf(api.DELETE('/api/people/{id}/delegations/{delegationId}', { params: { path } }))
}
