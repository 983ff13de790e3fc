import type { Translate } from '../../lib/translate.ts'
import { answerButtons, answerWords } from './answer-blocks.ts'
import { askedForComment } from './asked-for-comment.ts'
import { howToAnswer } from './how-to-answer.ts'
import { localTime } from './local-time.ts'
import type { Block, MailContent } from './mail-content.ts'
import type { AskedBackModel } from './mail-model.ts'
import { plainLine, plainLines } from './plain-text.ts'

const MAX_DOUBTS = 3

/** A reply did not decide: why, what was read, and the buttons again. */
export function askedBack(model: AskedBackModel, translate: Translate): MailContent {
  if (model.help !== null) return howToAnswer(model, model.help, translate)
  const kept =
    model.reason === 'comment-missing' && model.action.choices.find(({ label }) => label === model.understood)
  if (kept) return askedForComment(model, kept, translate)
  const words = plainLines(model.read, 8, 300)
  const read: Block[] = [
    { kind: 'note', text: translate('mails:asked-back.read') },
    { kind: 'quote', lines: words },
  ]
  const understood: Block[] =
    model.understood === null || model.reason === 'typo'
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
      { kind: 'paragraph', text: whyText(model, translate) },
      ...(words.length === 0 ? [] : read),
      ...because(model, translate),
      ...understood,
      ...answerButtons(model, translate),
      ...answerWords(model, translate),
    ],
  }
}

/** Why it was not taken, and what to do now. */
function whyText(model: AskedBackModel, translate: Translate): string {
  const { reason, action, recipient, timeZone } = model
  const isDue = reason === 'future' && action.dueAt !== null
  const dueAt = action.dueAt === null ? '' : localTime(action.dueAt, recipient.locale, timeZone)
  return translate(`mails:asked-back.reason.${isDue ? 'future-due' : reason}`, {
    requester: plainLine(model.request.requesterName, 100),
    answer: plainLine(model.understood ?? '', 60),
    date: dueAt,
  })
}

/** The very words that made the answer doubtful, which may stand anywhere in it. */
function because({ doubts, recipient }: AskedBackModel, translate: Translate): Block[] {
  const words = doubts
    .slice(0, MAX_DOUBTS)
    .map((doubt) => plainLine(doubt, 60))
    .filter((doubt) => /[\p{L}\p{N}]/u.test(doubt))
    .map((word) => translate('mails:asked-back.word', { word }))
  if (words.length === 0) return []
  const list = new Intl.ListFormat(recipient.locale, { type: 'unit' }).format(words)
  return [{ kind: 'note', text: translate('mails:asked-back.because', { words: list }) }]
}
