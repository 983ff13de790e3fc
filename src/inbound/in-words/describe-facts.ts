import type { Translate } from '../../lib/translate.ts'
import type { ReplyReading } from '../../replies/reading.ts'
import { describeReason } from './describe-saying.ts'

/** What the reading holds beside what it says. */
export function describeFacts(
  { details, comment, missing, problems, reason, automatic, bounce }: ReplyReading,
  text: Translate,
): string[] {
  const fact = (key: string, values: Record<string, string>) => text(`readings:facts.${key}`, values)
  return [
    ...Object.entries(details).map(([question, { value, matchedBy }]) =>
      fact('answer', { question, value, by: text(`readings:by.${matchedBy}`) }),
    ),
    ...Object.entries(problems)
      .filter(([, problem]) => problem.reason !== reason)
      .map(([question, { reason, text: written }]) =>
        fact('invalid', { question, written, reason: describeReason(reason, text) }),
      ),
    ...(missing.length === 0 ? [] : [fact('missing', { questions: missing.join(', ') })]),
    ...(comment === '' ? [] : [fact('comment', { comment })]),
    ...(automatic?.returnsOn ? [fact('returns-on', { day: automatic.returnsOn })] : []),
    ...(bounce?.status || bounce?.diagnostic
      ? [fact('bounce', { status: bounce.status ?? '', diagnostic: bounce.diagnostic ?? '' })]
      : []),
  ]
}
