import type { Item } from '../mail/folder.ts'
import { changeKeyOf } from '../mail/ids.ts'
import type { MailboxEvent } from '../mail/mailbox.ts'
import type { LoggedEvent } from './event-log.ts'
import { writeItemId } from './write-item-id.ts'
import { dateTime, element, textElement } from './write-xml.ts'

/**
 * What a streaming subscription is told of an event. The service writes `m:Notification`, and `m:SubscriptionId` in an
 * error, where its own schema says `t:`.
 */
export function writeNotification(subscriptionId: string, event: MailboxEvent): string {
  const notification =
    textElement('t:SubscriptionId', subscriptionId) + writeEvent(event, event.mailbox.now())
  return element('m:Notifications', {}, element('m:Notification', {}, notification))
}

/** What a pull subscription has kept since `previous`; without an event the watermark alone. */
export function writePulledEvents(
  subscriptionId: string,
  previous: string,
  { events, hasMore }: { events: LoggedEvent[]; hasMore: boolean },
): string {
  const written =
    events.length === 0
      ? element('t:StatusEvent', {}, textElement('t:Watermark', previous))
      : events.map(({ event, at, watermark }) => writeEvent(event, at, watermark)).join('')
  return element(
    'm:Notification',
    {},
    textElement('t:SubscriptionId', subscriptionId) +
      textElement('t:PreviousWatermark', previous) +
      textElement('t:MoreEvents', hasMore) +
      written,
  )
}

function writeEvent({ kind, item, from }: MailboxEvent, at: number, watermark?: string): string {
  const old = from
    ? element('t:OldItemId', { Id: from.id, ChangeKey: changeKeyOf(from.changedSequence) }) +
      writeFolder('t:OldParentFolderId', from)
    : ''
  return element(
    `t:${kind}Event`,
    {},
    (watermark === undefined ? '' : textElement('t:Watermark', watermark)) +
      textElement('t:TimeStamp', dateTime(at)) +
      writeItemId(item) +
      writeFolder('t:ParentFolderId', item) +
      old,
  )
}

export function writeLostSubscriptions(ids: string[]): string {
  return element('m:ErrorSubscriptionIds', {}, ids.map((id) => textElement('m:SubscriptionId', id)).join(''))
}

function writeFolder(name: string, { folder }: Item): string {
  return element(name, { Id: folder.id, ChangeKey: changeKeyOf(folder.createdSequence) })
}
