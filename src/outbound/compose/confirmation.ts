import type { Translate } from '../../lib/translate.ts'
import { decisionBlocks } from './decision-blocks.ts'
import type { MailContent } from './mail-content.ts'
import type { ConfirmationModel } from './mail-model.ts'

/** The decision was recorded. Sent only where confirmations are switched on. */
export function confirmation(model: ConfirmationModel, translate: Translate): MailContent {
  const { locale } = model.recipient
  return {
    subjectPrefix: translate('mails:confirmation.subject'),
    lead: translate('mails:confirmation.lead'),
    blocks: decisionBlocks(model.decision, { locale, timeZone: model.timeZone, own: true }, translate),
  }
}
