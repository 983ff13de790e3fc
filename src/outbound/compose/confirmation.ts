import type { Translate } from '../../lib/translate.ts'
import { decisionBlocks } from './decision-blocks.ts'
import type { Block, MailContent } from './mail-content.ts'
import type { ConfirmationModel } from './mail-model.ts'
import { plainLine, plainLines } from './plain-text.ts'

/** The decision was recorded. Sent where confirmations are switched on, and of each answer that somebody has entered. */
export function confirmation(model: ConfirmationModel, translate: Translate): MailContent {
  const { entered, decision, timeZone } = model
  const { locale } = model.recipient
  if (entered !== null) return confirmationOfEntry(model, entered, translate)
  return {
    subjectPrefix: translate('mails:confirmation.subject'),
    lead: translate('mails:confirmation.lead'),
    blocks: decisionBlocks(decision, { locale, timeZone, own: true }, translate),
  }
}

/** Somebody else has entered it: who and why comes first, and how to object. */
function confirmationOfEntry(
  { decision, recipient, request, timeZone }: ConfirmationModel,
  { by, reason, own }: NonNullable<ConfirmationModel['entered']>,
  translate: Translate,
): MailContent {
  const { locale } = recipient
  const values = {
    name: plainLine(by.name, 100),
    address: plainLine(by.address, 254),
    approver: plainLine(decision.byName, 100),
    requester: plainLine(request.requesterName, 100),
  }
  const because: Block[] = [
    { kind: 'note', text: translate('mails:confirmation.because', values) },
    { kind: 'quote', lines: plainLines(reason, 10, 500) },
  ]
  const to = own ? 'own' : 'requester'
  return {
    subjectPrefix: translate('mails:confirmation.entered.subject'),
    lead: translate(`mails:confirmation.entered.lead-${to}`, values),
    blocks: [
      ...decisionBlocks(decision, { locale, timeZone, own }, translate),
      ...because,
      { kind: 'paragraph', text: translate(`mails:confirmation.entered.object-${to}`, values) },
    ],
  }
}
