import type { Translate } from '../../lib/translate.ts'
import { localTime } from './local-time.ts'
import type { MailContent } from './mail-content.ts'
import type { ConfirmHeldModel } from './mail-model.ts'
import { plainLine } from './plain-text.ts'

/**
 * A reply under the assignee's name is held. This goes to the address on record, never to where the reply came from,
 * and shows none of its text: whoever wrote it may not be the assignee.
 */
export function confirmHeld(model: ConfirmHeldModel, translate: Translate): MailContent {
  const values = {
    address: plainLine(model.fromAddress, 254),
    date: localTime(model.receivedAt, model.recipient.locale, model.timeZone),
  }
  const arrived =
    model.understood === null
      ? translate('mails:confirm-held.arrived', values)
      : translate('mails:confirm-held.arrived-with-answer', {
          ...values,
          answer: plainLine(model.understood, 60),
        })
  return {
    subjectPrefix: translate('mails:confirm-held.subject'),
    lead: translate('mails:confirm-held.lead'),
    blocks: [
      { kind: 'paragraph', text: arrived },
      { kind: 'paragraph', text: translate('mails:confirm-held.doubt') },
      { kind: 'paragraph', text: howToConfirm(model, translate) },
      { kind: 'note', text: translate('mails:confirm-held.not-you') },
    ],
  }
}

/** In the portal; where the installation has none, by answering again in a way that proves itself. */
function howToConfirm(model: ConfirmHeldModel, translate: Translate): string {
  return model.portalUrl === null
    ? translate('mails:confirm-held.answer-again', { address: plainLine(model.recipient.address, 254) })
    : translate('mails:confirm-held.confirm')
}
