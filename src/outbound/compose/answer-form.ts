import type { Translate } from '../../lib/translate.ts'
import { fitsLink } from './answer-link.ts'
import type { FormFacts, QuestionFacts } from './mail-model.ts'

/**
 * The lines of an answer form, one a question: `Q2 Amount granted: [ ]`, with the number alone where they would not fit
 * into a link. The reader of replies knows both.
 *
 * @param answers What is filled in already, by question id.
 */
export function answerForm(
  { brackets }: FormFacts,
  questions: QuestionFacts[],
  answers: Record<string, string>,
  translate: Translate,
): string[] {
  const [open, close] = brackets
  const line = (label: string, id: string) =>
    translate('mails:row', { label, value: `${open}${answers[id] ?? ' '}${close}` })
  const lines = questions.map(({ id, label }) => line(label, id))
  return fitsLink(lines) ? lines : questions.map(({ id }) => line(id, id))
}
