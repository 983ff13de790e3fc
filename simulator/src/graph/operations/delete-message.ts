import { moveTo, removeItem, wellKnownFolder } from '../../mail/mailbox.ts'
import { itemOfPath } from '../ids.ts'
import type { GraphAnswer, MailboxCall } from '../request.ts'

/** https://learn.microsoft.com/graph/api/message-delete: into Deleted Items first, and from there for good. */
export function deleteMessage({ mailbox, names }: MailboxCall): GraphAnswer {
  const item = itemOfPath(mailbox, names)
  const bin = wellKnownFolder(mailbox, 'deleteditems')
  if (item.folder === bin) removeItem(mailbox, item)
  else moveTo(mailbox, item, bin)
  return { status: 204 }
}

/** https://learn.microsoft.com/graph/api/message-permanentdelete */
export function permanentDelete({ mailbox, names }: MailboxCall): GraphAnswer {
  removeItem(mailbox, itemOfPath(mailbox, names))
  return { status: 204 }
}
