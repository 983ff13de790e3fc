import type { Translate } from '../../lib/translate.ts'
import { answerButtons, answerWords } from './answer-blocks.ts'
import type { MailContent } from './mail-content.ts'
import type { CommentRecordedModel } from './mail-model.ts'
import { plainLines } from './plain-text.ts'

/** A comment without an answer was kept; the action still waits. */
export function commentRecorded(model: CommentRecordedModel, translate: Translate): MailContent {
  return {
    subjectPrefix: translate('mails:comment-recorded.subject'),
    lead: translate('mails:comment-recorded.lead'),
    blocks: [
      { kind: 'quote', lines: plainLines(model.comment, 20, 500) },
      { kind: 'paragraph', text: translate('mails:comment-recorded.still-open') },
      ...answerButtons(model, translate),
      ...answerWords(model, translate),
    ],
  }
}
