import type { Translate } from '../../lib/translate.ts'
import { answerButtons, answerWords } from './answer-blocks.ts'
import type { Block, MailContent } from './mail-content.ts'
import type { AskedBackModel } from './mail-model.ts'
import { plainLine, plainLines } from './plain-text.ts'

/** A reply did not decide: why, what was read, and the buttons again. */
export function askedBack(model: AskedBackModel, translate: Translate): MailContent {
  const words = plainLines(model.read, 8, 300)
  const read: Block[] = [
    { kind: 'note', text: translate('mails:asked-back.read') },
    { kind: 'quote', lines: words },
  ]
  const understood: Block[] =
    model.understood === null
      ? []
      : [
          {
            kind: 'paragraph',
            text: translate('mails:asked-back.understood', { answer: plainLine(model.understood, 60) }),
          },
        ]
  return {
    subjectPrefix: translate('mails:asked-back.subject'),
    lead: translate('mails:asked-back.lead'),
    blocks: [
      { kind: 'paragraph', text: translate(`mails:asked-back.reason.${model.reason}`) },
      ...(words.length === 0 ? [] : read),
      ...understood,
      ...answerButtons(model, translate),
      answerWords(model, translate),
    ],
  }
}
