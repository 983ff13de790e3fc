import type { Translate } from '../../lib/translate.ts'
import type { MailContent } from './mail-content.ts'
import type { ActionWithdrawnModel } from './mail-model.ts'
import { plainLine, plainLines } from './plain-text.ts'

/** To an assignee: no answer of theirs is needed any more. */
export function actionWithdrawn(model: ActionWithdrawnModel, translate: Translate): MailContent {
  const { reassignedTo } = model
  const why = plainLines(model.comment, 20, 500)
  const text =
    reassignedTo === null
      ? translate('mails:action-withdrawn.withdrawn')
      : translate('mails:action-withdrawn.reassigned', { name: plainLine(reassignedTo, 100) })
  return {
    subjectPrefix: translate('mails:action-withdrawn.subject'),
    lead: translate('mails:action-withdrawn.lead'),
    blocks: [
      { kind: 'paragraph', text },
      ...(why.length === 0 ? [] : [{ kind: 'quote' as const, lines: why }]),
    ],
  }
}
