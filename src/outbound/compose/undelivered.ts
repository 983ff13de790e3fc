import type { Translate } from '../../lib/translate.ts'
import type { MailContent } from './mail-content.ts'
import type { UndeliveredModel } from './mail-model.ts'
import { plainLine } from './plain-text.ts'

/** To the requester: the approval e-mail did not reach its recipient. */
export function undelivered(model: UndeliveredModel, translate: Translate): MailContent {
  const approver = plainLine(model.approver.name, 100)
  const values = { approver, address: plainLine(model.approver.address, 254) }
  return {
    subjectPrefix: translate('mails:undelivered.subject'),
    lead: translate('mails:undelivered.lead', { approver }),
    blocks: [
      {
        kind: 'paragraph',
        text:
          model.status === null
            ? translate('mails:undelivered.returned', values)
            : translate('mails:undelivered.returned-with-status', {
                ...values,
                status: plainLine(model.status, 20),
              }),
      },
      { kind: 'paragraph', text: translate('mails:undelivered.still-open') },
    ],
  }
}
