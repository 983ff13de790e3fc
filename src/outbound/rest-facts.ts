import type { LoadedAction } from '../approvals/load-action.ts'
import { answerText } from '../approvals/model/answer-text.ts'
import type { Locale } from '../lib/translate.ts'
import type { InvalidAnswer } from '../replies/reading.ts'
import type { OutboundPayload } from '../store/schema.ts'
import type { RestFacts } from './compose/mail-model.ts'
import { formFacts } from './form-facts.ts'

/** What a mail that asks for the rest of an answer says of it; null of an answer to a single question. */
export function restFacts(
  loaded: LoadedAction,
  { answers, asked, comment }: NonNullable<OutboundPayload['kept']>,
  problems: Record<string, InvalidAnswer>,
  locale: Locale,
): RestFacts | null {
  const form = formFacts(loaded, locale)
  if (form === null) return null
  return {
    kept: form.questions.flatMap(({ id, label }) => {
      const answer = answers[id]
      return answer === undefined ? [] : [{ id, label, value: answerText(loaded, id, answer, locale) }]
    }),
    result: answers[loaded.step.question.id] ?? null,
    ...{ asked, comment },
    problems: Object.fromEntries(
      Object.entries(problems).map(([id, { meanings, ...problem }]) => [
        id,
        { ...problem, meanings: meanings.map((meaning) => answerText(loaded, id, meaning, locale)) },
      ]),
    ),
  }
}
