import type { Selectable } from 'kysely'
import type { Tx } from '../store/context.ts'
import type { PartialAnswerTable } from '../store/schema.ts'
import { toJson } from '../store/to-json.ts'
import { together } from '../store/together.ts'

/** Whose answer to what. */
interface Of {
  actionId: string
  personId: string
}

/** What is kept of a person's answer to an action; null when nothing is. Under the request's lock it stays so. */
export const keptAnswers = together(async (db, of: readonly Of[]) => {
  const rows = await db
    .selectFrom('partialAnswer')
    .selectAll()
    .where(
      'actionId',
      'in',
      of.map(({ actionId }) => actionId),
    )
    .execute()
  return of.map(
    ({ actionId, personId }) =>
      rows.find((row) => row.actionId === actionId && row.personId === personId) ?? null,
  )
})

/** Keeps it in place of what was kept before. */
export async function keepAnswers(tx: Tx, kept: Selectable<PartialAnswerTable>): Promise<void> {
  const { actionId, personId, comment, inboundMessageId, createdAt } = kept
  const answers = toJson(kept.answers)
  const asked = toJson(kept.asked)
  await tx
    .insertInto('partialAnswer')
    .values({ actionId, personId, answers, comment, asked, inboundMessageId, createdAt })
    .onConflict((conflict) =>
      conflict
        .columns(['actionId', 'personId'])
        .doUpdateSet({ answers, comment, asked, inboundMessageId, createdAt }),
    )
    .execute()
}

export async function dropKeptAnswers(tx: Tx, { actionId, personId }: Of): Promise<void> {
  await tx
    .deleteFrom('partialAnswer')
    .where('actionId', '=', actionId)
    .where('personId', '=', personId)
    .execute()
}
