import type { Kysely } from 'kysely'
import type { DecisionOutcome } from '../../../approvals/commands/record-decision.ts'
import { AppError } from '../../../lib/app-error.ts'
import { findPerson } from '../../../people/find-person.ts'
import type { Database } from '../../../store/schema.ts'

/** Why an answer was not recorded, as an error of this door. `already-decided` says who decided what, and when. */
export async function refusalOf(
  db: Kysely<Database>,
  outcome: Exclude<DecisionOutcome, { outcome: 'decided' }>,
  result: string,
): Promise<AppError> {
  switch (outcome.outcome) {
    case 'already-decided': {
      const { decision } = outcome
      const by = await findPerson(db, decision.personId)
      return new AppError('already-decided', {
        by: by?.name ?? '',
        address: by?.address ?? '',
        result: decision.result,
        at: decision.decidedAt.toISOString(),
      })
    }
    case 'result-unknown':
      return new AppError('result-unknown', { result })
    case 'answers-refused':
      return new AppError('invalid-answers', {}, { problems: outcome.problems })
    case 'action-closed':
    case 'not-assignee':
    case 'own-request':
    case 'comment-required':
      return new AppError(outcome.outcome)
  }
}
