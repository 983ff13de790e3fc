import { bounceReason } from '../../lib/bounce-reason.ts'
import { OUTCOME_UNKNOWN } from '../../lib/outcome-unknown.ts'
import type { Translate } from '../../lib/translate.ts'
import type { MailContent } from './mail-content.ts'
import type { UndeliveredModel } from './mail-model.ts'
import { plainLine } from './plain-text.ts'

/** To the requester: the approval e-mail did not reach its recipient. */
export function undelivered(model: UndeliveredModel, translate: Translate): MailContent {
  const approver = plainLine(model.approver.name, 100)
  return {
    subjectPrefix: translate('mails:undelivered.subject'),
    lead: translate(
      model.status === OUTCOME_UNKNOWN ? 'mails:undelivered.lead-unknown' : 'mails:undelivered.lead',
      {
        approver,
      },
    ),
    blocks: [
      { kind: 'paragraph', text: whatHappened(model, translate) },
      ...whyReturned(model, translate),
      { kind: 'paragraph', text: translate('mails:undelivered.still-open') },
    ],
  }
}

/** In our words: those of the server that refused it are a stranger's. */
function whyReturned({ status }: UndeliveredModel, translate: Translate): MailContent['blocks'] {
  const reason = bounceReason(status)
  if (reason === 'other') return []
  return [{ kind: 'paragraph', text: translate(`mails:undelivered.reason.${reason}`) }]
}

/** A bounce has an RFC 3463 status or none; whatever else stands there says why it never went out. */
function whatHappened({ approver, status }: UndeliveredModel, translate: Translate): string {
  const address = plainLine(approver.address, 254)
  if (status === null) return translate('mails:undelivered.returned', { address })
  if (status === OUTCOME_UNKNOWN) return translate('mails:undelivered.unknown', { address })
  const values = { address, status: plainLine(status, 60) }
  const returned = /^\d\.\d{1,3}\.\d{1,3}$/.test(status)
  return translate(returned ? 'mails:undelivered.returned-with-status' : 'mails:undelivered.not-sent', values)
}
