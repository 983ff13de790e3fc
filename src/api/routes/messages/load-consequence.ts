import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Database } from '../../../store/schema.ts'
import { selectActions, toActionView } from '../actions/action-view.ts'
import type { inboundView } from './message-view.ts'

/** What a reply decided, and the action that this opened; null each when there is none. */
export async function loadConsequence(
  db: Kysely<Database>,
  { id, actionId }: { id: string; actionId: string | null },
): Promise<Pick<z.output<typeof inboundView>, 'decision' | 'next'>> {
  const nothing = { decision: null, next: null }
  if (actionId === null) return nothing
  const row = await selectActions(db).where('action.id', '=', actionId).executeTakeFirst()
  const action = row && toActionView(row)
  if (!row || action?.decision?.inboundMessageId !== id) return nothing
  const { result, comment, by, at, enteredBy } = action.decision
  const label = action.question.choices.find((choice) => choice.result === result)?.label
  // An action is opened by the decision on the one before, in its transaction.
  const following = await selectActions(db)
    .where('action.requestId', '=', row.requestId)
    .where('action.number', '=', row.number + 1)
    .executeTakeFirst()
  const next = following && toActionView(following)
  return {
    decision: { result, label: label ?? { en: result }, comment, by, at, enteredBy },
    next: next ? { id: next.id, number: next.number, title: next.title, assignees: next.assignees } : null,
  }
}
