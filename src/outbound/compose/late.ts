import type { Translate } from '../../lib/translate.ts'
import { decisionBlocks } from './decision-blocks.ts'
import { listNames } from './list-names.ts'
import type { MailContent } from './mail-content.ts'
import type { LateModel } from './mail-model.ts'

/** The reply came after the decision: who decided, what and when. */
export function late(model: LateModel, translate: Translate): MailContent {
  const { decision, own, askedNow, recipient, timeZone } = model
  if (decision === null && askedNow.length > 0) {
    const names = listNames(askedNow, recipient.locale)
    return {
      subjectPrefix: translate('mails:late.subject-reassigned'),
      lead: translate('mails:late.lead-reassigned', { names }),
      blocks: [{ kind: 'paragraph', text: translate('mails:late.reassigned') }],
    }
  }
  if (decision === null) {
    return {
      subjectPrefix: translate('mails:late.subject-withdrawn'),
      lead: translate('mails:late.lead-withdrawn'),
      blocks: [{ kind: 'paragraph', text: translate('mails:late.withdrawn') }],
    }
  }
  return {
    subjectPrefix: translate('mails:late.subject'),
    lead: translate('mails:late.lead'),
    blocks: [
      ...decisionBlocks(decision, { locale: recipient.locale, timeZone, own }, translate),
      { kind: 'paragraph', text: translate('mails:late.unchanged') },
    ],
  }
}
