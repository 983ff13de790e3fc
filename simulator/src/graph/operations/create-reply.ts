import { check, isObject, isString } from '../../check-json.ts'
import { conversationTopic } from '../../ews/mapi-properties.ts'
import { readContent, textToHtml } from '../../ews/message-content.ts'
import { quote } from '../../ews/read-response.ts'
import { checkQuota } from '../../mail/check-quota.ts'
import { setField } from '../../mail/edit-message.ts'
import type { Item, ItemContent } from '../../mail/folder.ts'
import { addressesIn, readHeaderBlock } from '../../mail/header-block.ts'
import { addItem, wellKnownFolder } from '../../mail/mailbox.ts'
import { graphErrors } from '../graph-error.ts'
import { itemOfPath } from '../ids.ts'
import { readMessageView, writeMessage } from '../message-view.ts'
import { readJson } from '../read-json.ts'
import { readMessage } from '../read-message.ts'
import { isMime, readMime, withMessageId } from '../read-mime.ts'
import { writeRecipient } from '../recipients.ts'
import type { GraphAnswer, MailboxCall } from '../request.ts'

/** The draft of an answer, threaded to the message it answers: https://learn.microsoft.com/graph/api/message-createreply */
export async function createReply(call: MailboxCall): Promise<GraphAnswer> {
  const { mailbox, names, prefer, request } = call
  const original = itemOfPath(mailbox, names)
  const isEmpty = request.body.length === 0
  const content =
    !isEmpty && isMime(request)
      ? { raw: readMime(call) }
      : await composeReply(call, original, isEmpty ? {} : readJson(request))
  checkQuota(mailbox)
  const draft = addItem(mailbox, wellKnownFolder(mailbox, 'drafts'), {
    ...content,
    raw: withMessageId(mailbox, thread(content.raw, original)),
    isDraft: true,
    isRead: true,
  })
  return { status: 201, body: await writeMessage(mailbox, draft, readMessageView({}, prefer)) }
}

function thread(raw: Buffer, { summary }: Item): Buffer {
  const { messageId, references } = summary
  const chain = [references, messageId].filter(Boolean).join('\r\n ')
  return setField(setField(raw, 'In-Reply-To', messageId ?? undefined), 'References', chain)
}

/** The client's words are a comment above the quotation, or a body in its place. */
async function composeReply(
  { mailbox }: MailboxCall,
  original: Item,
  wanted: Record<string, unknown>,
): Promise<ItemContent> {
  const { comment, message = {} } = check(wanted, { comment: isString, message: isObject })
  const changes = message as Record<string, unknown>
  if (comment !== undefined && changes.body !== undefined)
    throw graphErrors.badRequest('Specify either a comment or the body of the message, not both.')
  const { fields } = readHeaderBlock(original.raw)
  const replyTo = addressesIn(fields, 'Reply-To')
  const quotation = quote(original, addressesIn(fields, 'To'), await readContent(original), 'HTML')
  return readMessage(mailbox, {
    subject: `RE: ${conversationTopic(original)}`,
    toRecipients: (replyTo.length > 0 ? replyTo : addressesIn(fields, 'From')).map(writeRecipient),
    body: {
      contentType: 'html',
      content: textToHtml(String(comment ?? '')).replace('</body>', `${quotation}$&`),
    },
    ...changes,
  })
}
