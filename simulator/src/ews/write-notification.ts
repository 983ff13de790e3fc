import type { Item } from '../mail/folder.ts'
import { changeKeyOf } from '../mail/ids.ts'
import type { MailboxEvent } from '../mail/mailbox.ts'
import { writeItemId } from './item-properties.ts'
import { dateTime, element, textElement } from './write-xml.ts'

/**
 * What a subscription is told of an event. The service writes `m:Notification`, and `m:SubscriptionId` in an error,
 * where its own schema says `t:`.
 */
export function writeNotification(
  subscriptionId: string,
  { kind, mailbox, item, from }: MailboxEvent,
): string {
  const old = from
    ? element('t:OldItemId', { Id: from.id, ChangeKey: changeKeyOf(from.changedSequence) }) +
      writeFolder('t:OldParentFolderId', from)
    : ''
  const event =
    textElement('t:TimeStamp', dateTime(mailbox.now())) +
    writeItemId(item) +
    writeFolder('t:ParentFolderId', item) +
    old
  const notification = textElement('t:SubscriptionId', subscriptionId) + element(`t:${kind}Event`, {}, event)
  return element('m:Notifications', {}, element('m:Notification', {}, notification))
}

export function writeLostSubscriptions(ids: string[]): string {
  return element('m:ErrorSubscriptionIds', {}, ids.map((id) => textElement('m:SubscriptionId', id)).join(''))
}

function writeFolder(name: string, { folder }: Item): string {
  return element(name, { Id: folder.id, ChangeKey: changeKeyOf(folder.createdSequence) })
}
