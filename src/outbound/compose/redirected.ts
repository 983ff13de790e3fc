import type { Translate } from '../../lib/translate.ts'
import type { MailContent } from './mail-content.ts'
import type { MailModel } from './mail-model.ts'
import { plainLine } from './plain-text.ts'

/** Who gets the mail, and what it says of that. */
interface Addressed {
  to: { name: string; address: string }
  content: MailContent
}

/**
 * The mail's content and recipient; in test mode, where every mail goes to one address, a mail that says that it is a
 * test, in its subject too, and whom it would have gone to.
 */
export function redirected(
  { mailbox, recipient }: Pick<MailModel, 'mailbox' | 'recipient'>,
  content: MailContent,
  translate: Translate,
): Addressed {
  const name = plainLine(recipient.name, 100)
  if (mailbox.redirectAllTo === null) return { to: { name, address: recipient.address }, content }
  const note = translate('mails:test.note', { name, address: recipient.address })
  return {
    to: { name: `${name} (${recipient.address})`, address: mailbox.redirectAllTo },
    content: {
      ...content,
      subjectPrefix: `${translate('mails:test.subject')} ${content.subjectPrefix}`,
      blocks: [{ kind: 'paragraph', text: note }, ...content.blocks],
    },
  }
}
