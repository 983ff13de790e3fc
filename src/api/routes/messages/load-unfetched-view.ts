import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Locale } from '../../../lib/translate.ts'
import type { Database } from '../../../store/schema.ts'
import { explain } from '../dead-letters/explain.ts'
import type { unfetchedView } from './message-view.ts'
import { selectUnfetched, toUnfetchedSummary } from './select-messages.ts'

/** A message that could not be fetched; null when there is none with this id. */
export async function loadUnfetchedView(
  db: Kysely<Database>,
  id: string,
  locale: Locale,
): Promise<z.output<typeof unfetchedView> | null> {
  const row = await selectUnfetched(db).where('failedFetch.id', '=', id).executeTakeFirst()
  if (!row) return null
  const isGivenUp = row.nextAttemptAt === null
  return {
    ...toUnfetchedSummary(row),
    explanation: isGivenUp ? explain({ id, error: row.error }, locale) : null,
  }
}
