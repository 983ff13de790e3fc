import { checkQuota } from '../../mail/check-quota.ts'
import { addItem, wellKnownFolder } from '../../mail/mailbox.ts'
import { findFolder } from '../ids.ts'
import { readMessageView, writeMessage } from '../message-view.ts'
import { readJson } from '../read-json.ts'
import { readMessage } from '../read-message.ts'
import { isMime, readMime, withMessageId } from '../read-mime.ts'
import type { GraphAnswer, MailboxCall } from '../request.ts'

/** A draft, of JSON or of MIME: https://learn.microsoft.com/graph/api/user-post-messages */
export async function createMessage(call: MailboxCall): Promise<GraphAnswer> {
  const { mailbox, names, prefer, request } = call
  const content = isMime(request) ? { raw: readMime(call) } : readMessage(mailbox, readJson(request))
  const folder =
    names.folder === undefined ? wellKnownFolder(mailbox, 'drafts') : findFolder(mailbox, names.folder)
  checkQuota(mailbox)
  const draft = addItem(mailbox, folder, {
    ...content,
    raw: withMessageId(mailbox, content.raw),
    isDraft: true,
    isRead: true,
  })
  return { status: 201, body: await writeMessage(mailbox, draft, readMessageView({}, prefer)) }
}
