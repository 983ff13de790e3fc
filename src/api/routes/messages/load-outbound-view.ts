import type { z } from 'zod'
import type { Locale } from '../../../lib/translate.ts'
import type { Context } from '../../../store/context.ts'
import { maskReplyTokens } from '../../mask-reply-tokens.ts'
import { personRefOf } from '../../person-ref.ts'
import { explain } from '../dead-letters/explain.ts'
import type { outboundView } from './message-view.ts'
import { requestOf } from './request-of.ts'
import { selectOutbound, toOutboundSummaries } from './select-messages.ts'

/** A mail of ours with what it says; null when there is none with this id. */
export async function loadOutboundView(
  context: Pick<Context, 'db' | 'clock'>,
  id: string,
  locale: Locale,
): Promise<z.output<typeof outboundView> | null> {
  const row = await selectOutbound(context.db)
    .leftJoin('request', 'request.id', 'outboundMessage.requestId')
    .select(['request.id as request', 'request.title', 'request.status as requestStatus'])
    .select((from) =>
      from
        .selectFrom('person')
        .select((person) => personRefOf(person).as('person'))
        .whereRef('person.id', '=', 'outboundMessage.personId')
        .as('person'),
    )
    .where('outboundMessage.id', '=', id)
    .executeTakeFirst()
  const [summary] = row ? await toOutboundSummaries(context, [row]) : []
  if (!row || !summary) return null
  const isGivenUp = row.state === 'dead' || row.state === 'undelivered'
  return {
    ...summary,
    person: row.person,
    request: requestOf({ ...row, status: row.requestStatus }),
    text: row.sentText && maskReplyTokens(row.sentText),
    explanation: isGivenUp && row.error ? explain({ id, error: row.error }, locale) : null,
  }
}
