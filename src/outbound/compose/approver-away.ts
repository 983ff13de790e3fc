import type { Translate } from '../../lib/translate.ts'
import { localDate } from './local-time.ts'
import type { MailContent } from './mail-content.ts'
import type { ApproverAwayModel } from './mail-model.ts'
import { plainLine } from './plain-text.ts'

/** To the requester: the approver's automatic reply says that they are away, and perhaps until when. */
export function approverAway(model: ApproverAwayModel, translate: Translate): MailContent {
  const approver = plainLine(model.approver.name, 100)
  const { returnsOn } = model
  const until =
    returnsOn === null
      ? translate('mails:approver-away.until-unknown')
      : translate('mails:approver-away.until', { date: localDate(returnsOn, model.recipient.locale) })
  return {
    subjectPrefix: translate('mails:approver-away.subject'),
    lead: translate('mails:approver-away.lead', { approver }),
    blocks: [
      { kind: 'paragraph', text: until },
      ...standInBlocks(model, translate),
      { kind: 'paragraph', text: translate('mails:approver-away.still-open') },
    ],
  }
}

/** A hint for the requester: the automatic reply is theirs, but nobody has checked whom it names. */
function standInBlocks({ standIn }: ApproverAwayModel, translate: Translate): MailContent['blocks'] {
  const name = plainLine(standIn?.name ?? '', 100)
  const address = plainLine(standIn?.address ?? '', 254)
  if (name === '' && address === '') return []
  const named = name !== '' && address !== '' ? `${name} (${address})` : name + address
  return [
    { kind: 'paragraph', text: translate('mails:approver-away.stand-in', { standIn: named }) },
    { kind: 'paragraph', text: translate('mails:approver-away.not-asked') },
  ]
}
