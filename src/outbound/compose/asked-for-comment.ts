import type { Translate } from '../../lib/translate.ts'
import { answerLink } from './answer-link.ts'
import { answerPlace } from './answer-place.ts'
import type { MailContent } from './mail-content.ts'
import type { AskedBackModel, ChoiceFacts } from './mail-model.ts'
import { plainLine } from './plain-text.ts'
import { subjectLine } from './subject-line.ts'
import { wordList } from './word-list.ts'

/** The one question was answered with `choice`, which is kept until its comment comes: that alone is asked for. */
export function askedForComment(
  model: AskedBackModel,
  { result, label, replyWord }: ChoiceFacts,
  translate: Translate,
): MailContent {
  const { replyTo, tag } = answerPlace(model)
  const subject = subjectLine({ prefix: '', ...model.request, tag: null })
  // The answer is written again above it: an empty reply would look like a mistake.
  const href = answerLink({ to: replyTo, subject, tag, lines: [plainLine(replyWord, 60)] })
  const others = model.action.choices
    .filter((choice) => choice.result !== result)
    .map((choice) => ({ word: choice.replyWord, label: choice.label }))
  const words = wordList(others, model.recipient.locale, translate)
  return {
    subjectPrefix: translate('mails:asked-for-rest.subject'),
    lead: translate('mails:asked-for-comment.lead'),
    blocks: [
      { kind: 'paragraph', text: translate('mails:asked-for-comment.kept', { label: plainLine(label, 60) }) },
      { kind: 'buttons', buttons: [{ label: translate('mails:asked-for-rest.button-comment'), href }] },
      { kind: 'note', text: translate('mails:asked-for-comment.otherwise', { words }) },
    ],
  }
}
