import type { Translate } from '../../lib/translate.ts'
import type { Block } from './mail-content.ts'
import type { AnswerFacts, QuestionFacts, ToAssignee } from './mail-model.ts'
import { plainLine } from './plain-text.ts'
import { wordList } from './word-list.ts'

/** One of several questions by its number, as the process words it: `Q2. How much do you grant?` */
export function questionBlock({ id, text }: QuestionFacts): Block {
  return { kind: 'question', text: `${id}. ${plainLine(text, 500)}` }
}

/** A question that does not decide, and below it what may be answered and when it must be. */
export function furtherQuestion(
  question: QuestionFacts,
  { action, recipient }: ToAssignee,
  translate: Translate,
): Block[] {
  const needing = action.choices.filter(({ result }) => question.requiredFor.includes(result))
  const labels = needing.map(({ label }) => translate('mails:form.quoted', { label: plainLine(label, 60) }))
  const list = new Intl.ListFormat(recipient.locale, { type: 'disjunction' }).format(labels)
  const needed =
    needing.length === 0
      ? translate('mails:form.optional')
      : needing.length === action.choices.length
        ? translate('mails:form.needed')
        : translate('mails:form.needed-with', { labels: list })
  const expected = expectedAnswer(question.answer, recipient.locale, translate)
  return [questionBlock(question), { kind: 'note', text: `${expected} ${needed}` }]
}

/** What may be answered: `An amount in EUR, such as 1250.00.` */
function expectedAnswer(
  answer: AnswerFacts,
  locale: ToAssignee['recipient']['locale'],
  translate: Translate,
): string {
  switch (answer.kind) {
    case 'choice':
      return translate('mails:form.choice', { words: wordList(answer.words, locale, translate) })
    case 'money':
      return translate('mails:form.money', { currency: answer.currency, example: answer.example })
    case 'date':
      return translate('mails:form.date', { example: answer.example })
    case 'number':
    case 'text':
    case 'person':
      return translate(`mails:form.${answer.kind}`)
  }
}
