import { check, isString } from '../../check-json.ts'
import type { Folder, Item } from '../../mail/folder.ts'
import { copyTo, type Mailbox, moveTo } from '../../mail/mailbox.ts'
import { findFolder, itemOfPath } from '../ids.ts'
import { readMessageView, writeMessage } from '../message-view.ts'
import { readJson } from '../read-json.ts'
import type { GraphAnswer, MailboxCall } from '../request.ts'

/** https://learn.microsoft.com/graph/api/message-move: the immutable id stays, the other one is a new one. */
export const moveMessage = (call: MailboxCall) => transfer(call, moveTo)

/** https://learn.microsoft.com/graph/api/message-copy */
export const copyMessage = (call: MailboxCall) => transfer(call, copyTo)

async function transfer(
  { mailbox, names, prefer, request }: MailboxCall,
  put: (mailbox: Mailbox, item: Item, folder: Folder) => Item,
): Promise<GraphAnswer> {
  const { destinationId } = check(readJson(request), { destinationId: isString }, ['destinationId'])
  const item = put(mailbox, itemOfPath(mailbox, names), findFolder(mailbox, String(destinationId)))
  return { status: 201, body: await writeMessage(mailbox, item, readMessageView({}, prefer)) }
}
