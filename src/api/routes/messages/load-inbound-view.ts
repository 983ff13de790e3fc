import type { z } from 'zod'
import { beginByHand } from '../../../inbound/answer-by-hand.ts'
import { type Locale, translator } from '../../../lib/translate.ts'
import type { Context } from '../../../store/context.ts'
import type { InboundMessageTable } from '../../../store/schema.ts'
import { maskReplyTokensIn } from '../../mask-reply-tokens.ts'
import { explain } from '../dead-letters/explain.ts'
import { loadConsequence } from './load-consequence.ts'
import type { inboundView } from './message-view.ts'
import { requestOf } from './request-of.ts'
import { selectInbound, selectOutbound, toInboundSummary, toOutboundSummaries } from './select-messages.ts'
import { wordsOf } from './words-of.ts'

/** A reply with what was made of it; null when there is none with this id. */
export async function loadInboundView(
  context: Pick<Context, 'db' | 'clock'>,
  id: string,
  locale: Locale,
): Promise<z.output<typeof inboundView> | null> {
  const { db } = context
  const row = await selectInbound(db)
    .leftJoin('request', 'request.id', 'inboundMessage.requestId')
    .select(['inboundMessage.reading', 'inboundMessage.verdict', 'inboundMessage.duplicateOf'])
    .select('inboundMessage.personId')
    .select(['request.id as request', 'request.title', 'request.status'])
    .where('inboundMessage.id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const answers = await selectOutbound(db)
    .where('outboundMessage.inReplyTo', '=', id)
    .orderBy('outboundMessage.id')
    .execute()
  const reading = row.reading && maskReplyTokensIn(row.reading)
  return {
    ...toInboundSummary(row),
    reading: reading && { ...reading },
    words: reading && wordsOf(reading, translator(locale)),
    verdict: row.verdict && explainVerdict(row.verdict, locale),
    advice: adviceOn(row.reading, locale),
    explanation: row.state === 'dead' && row.error ? explain({ id, error: row.error }, locale) : null,
    request: requestOf(row),
    ...(await loadConsequence(db, row)),
    byHand: await beginByHand(db, { ...row, reading }),
    answeredBy: await toOutboundSummaries(context, answers),
    duplicateOf: row.duplicateOf,
  }
}

/** Reasons that somebody can do something about, beside the person who answered. */
const advised = ['encrypted', 'winmail', 'damaged', 'too-large', 'attachment-only']

/** What to do about a reply that could not be read; null for any other. */
export function adviceOn(reading: { reason: string | null } | null, locale: Locale): string | null {
  const reason = reading?.reason ?? ''
  return advised.includes(reason) ? translator(locale)(`readings:advice.${reason}`) : null
}

type Verdict = NonNullable<InboundMessageTable['verdict']['__select__']>

function explainVerdict(verdict: Verdict, locale: Locale) {
  const text = translator(locale)
  return {
    verdict: verdict.verdict,
    policy: verdict.policy,
    reasons: verdict.reasons.map((code) => ({ code, message: text(`trust:reasons.${code}`) })),
    facts: { ...verdict.facts },
  }
}
