import type { z } from 'zod'
import { type Locale, translator } from '../../../lib/translate.ts'
import type { Context } from '../../../store/context.ts'
import type { InboundMessageTable } from '../../../store/schema.ts'
import { maskReplyTokensIn } from '../../mask-reply-tokens.ts'
import type { inboundView } from './message-view.ts'
import { selectInbound, selectOutbound, toInboundSummary, toOutboundSummaries } from './select-messages.ts'

/** A reply with what was made of it; null when there is none with this id. */
export async function loadInboundView(
  context: Pick<Context, 'db' | 'clock'>,
  id: string,
  locale: Locale,
): Promise<z.output<typeof inboundView> | null> {
  const { db } = context
  const row = await selectInbound(db)
    .select(['inboundMessage.reading', 'inboundMessage.verdict', 'inboundMessage.duplicateOf'])
    .where('inboundMessage.id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const decision = await db
    .selectFrom('decision')
    .select(['result', 'comment', 'decidedAt'])
    .where('inboundMessageId', '=', id)
    .executeTakeFirst()
  const answers = await selectOutbound(db)
    .where('outboundMessage.inReplyTo', '=', id)
    .orderBy('outboundMessage.id')
    .execute()
  return {
    ...toInboundSummary(row),
    reading: row.reading && { ...maskReplyTokensIn(row.reading) },
    verdict: row.verdict && explain(row.verdict, locale),
    advice: adviceOn(row.reading, locale),
    decision: decision
      ? { result: decision.result, comment: decision.comment, at: decision.decidedAt.toISOString() }
      : null,
    answeredBy: await toOutboundSummaries(context, answers),
    duplicateOf: row.duplicateOf,
  }
}

/** Reasons that somebody can do something about, beside the person who answered. */
const advised = ['encrypted', 'winmail', 'damaged', 'too-large', 'attachment-only']

function adviceOn(reading: { reason: string | null } | null, locale: Locale): string | null {
  const reason = reading?.reason ?? ''
  return advised.includes(reason) ? translator(locale)(`readings:${reason}`) : null
}

type Verdict = NonNullable<InboundMessageTable['verdict']['__select__']>

function explain(verdict: Verdict, locale: Locale) {
  const text = translator(locale)
  return {
    verdict: verdict.verdict,
    policy: verdict.policy,
    reasons: verdict.reasons.map((code) => ({ code, message: text(`trust:reasons.${code}`) })),
    facts: { ...verdict.facts },
  }
}
