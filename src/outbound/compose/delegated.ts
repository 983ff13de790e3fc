import type { Translate } from '../../lib/translate.ts'
import { localDate } from './local-time.ts'
import type { Block, MailContent } from './mail-content.ts'
import type { DelegatedModel } from './mail-model.ts'
import { plainLine, plainLines } from './plain-text.ts'

/** To whoever handed an action on: it is done, and what of their wish could not be. */
export function delegated(model: DelegatedModel, translate: Translate): MailContent {
  const name = plainLine(model.toName, 100)
  const comment = plainLines(model.comment, 20, 500)
  const withIt: Block[] = [
    { kind: 'note', text: translate('mails:delegated.comment') },
    { kind: 'quote', lines: comment },
  ]
  const until: Block[] =
    model.until === null
      ? []
      : [{ kind: 'paragraph', text: translate('mails:delegated.until', { name, until: lastDay(model) }) }]
  return {
    subjectPrefix: translate('mails:delegated.subject'),
    lead: translate('mails:delegated.lead', { name }),
    blocks: [
      { kind: 'paragraph', text: translate('mails:delegated.done', { name }) },
      ...(comment.length === 0 ? [] : withIt),
      ...until,
      { kind: 'note', text: translate('mails:delegated.not-you') },
    ],
  }
}

/** In the reader's notation, or as they wrote it. */
function lastDay({ until, recipient }: DelegatedModel): string {
  const day = until ?? ''
  return /^\d{4}-\d\d-\d\d$/.test(day) ? localDate(day, recipient.locale) : plainLine(day, 60)
}
