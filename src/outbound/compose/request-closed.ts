import type { Translate } from '../../lib/translate.ts'
import { decisionBlocks } from './decision-blocks.ts'
import { localTime } from './local-time.ts'
import type { Block, MailContent } from './mail-content.ts'
import type { RequestClosedModel } from './mail-model.ts'
import { plainLine } from './plain-text.ts'

const MAX_DECISIONS = 20

/** To the requester: how the request ended, and every decision on the way. */
export function requestClosed(model: RequestClosedModel, translate: Translate): MailContent {
  const { ending, recipient, timeZone } = model
  const reader = { locale: recipient.locale, timeZone, own: false }
  const date = localTime(model.closedAt, recipient.locale, timeZone)
  const name = ending === null ? translate('mails:request-closed.cancelled') : plainLine(ending, 50)
  return {
    subjectPrefix: translate('mails:request-closed.subject', { ending: name }),
    lead: name,
    blocks: [
      { kind: 'paragraph', text: translate('mails:request-closed.closed', { date }) },
      ...model.decisions
        .slice(-MAX_DECISIONS)
        .flatMap((decision): Block[] => [
          { kind: 'note', text: plainLine(decision.actionTitle, 100) },
          ...decisionBlocks(decision, reader, translate),
        ]),
    ],
  }
}
