import { itemOfPath } from '../ids.ts'
import { readMessageView, writeMessage } from '../message-view.ts'
import { readOptions } from '../odata/query-options.ts'
import type { GraphAnswer, MailboxCall } from '../request.ts'

/** https://learn.microsoft.com/graph/api/message-get */
export async function getMessage({ mailbox, names, prefer, request }: MailboxCall): Promise<GraphAnswer> {
  const view = readMessageView(readOptions(request.query, ['$select', '$expand']), prefer)
  const item = itemOfPath(mailbox, names)
  return { status: 200, body: await writeMessage(mailbox, item, view) }
}

/** The message as it is, RFC 5322: https://learn.microsoft.com/graph/outlook-get-mime-message */
export function getMessageValue({ mailbox, names }: MailboxCall): GraphAnswer {
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: itemOfPath(mailbox, names).raw }
}
