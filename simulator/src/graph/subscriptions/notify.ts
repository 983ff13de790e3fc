import { userIdOf } from '../../entra/access-token.ts'
import type { Folder, Item } from '../../mail/folder.ts'
import type { MailboxEvent } from '../../mail/mailbox.ts'
import type { World } from '../../world.ts'
import { itemIdOf } from '../ids.ts'
import { etagOf } from '../message-view.ts'
import { deliver } from './deliver.ts'
import type { ChangeType, GraphSubscription } from './subscription.ts'

/** Tells a client of a change, when it is one that the client wants to know. */
export function notify(world: World, subscription: GraphSubscription, event: MailboxEvent): void {
  const change = changeWithin(subscription.folder, event)
  if (!change || !subscription.changeTypes.has(change.changeType) || subscription.isPaused) return
  const body = writeNotification(subscription, change)
  void deliver(world, subscription, { url: subscription.notificationUrl, body, at: world.clock.now() })
}

interface Change {
  changeType: ChangeType
  item: Item
}

/** What an event is for who watches a folder, or the whole mailbox: a move is a loss here and a gain there. */
function changeWithin(folder: Folder | null, { kind, item, from }: MailboxEvent): Change | null {
  const isHere = (one: Item | undefined) => one !== undefined && (folder === null || one.folder === folder)
  if (kind === 'NewMail') return null // comes beside Created
  if (kind === 'Moved' && from) {
    if (isHere(from) && isHere(item)) return { changeType: 'updated', item }
    if (isHere(from)) return { changeType: 'deleted', item: from }
  }
  if (!isHere(item)) return null
  const changeType = kind === 'Deleted' ? 'deleted' : kind === 'Modified' ? 'updated' : 'created'
  return { changeType, item }
}

function writeNotification(subscription: GraphSubscription, { changeType, item }: Change): object {
  const { tenant } = subscription.access
  const id = itemIdOf(item, subscription.immutableIds)
  const resource = `Users/${userIdOf(tenant, subscription.mailbox.address)}/Messages/${id}`
  return {
    value: [
      {
        subscriptionId: subscription.id,
        subscriptionExpirationDateTime: new Date(subscription.expiresAt).toISOString(),
        changeType,
        resource,
        resourceData: {
          '@odata.type': '#Microsoft.Graph.Message',
          '@odata.id': resource,
          '@odata.etag': etagOf(item),
          id,
        },
        ...(subscription.clientState === null ? {} : { clientState: subscription.clientState }),
        tenantId: tenant.id,
      },
    ],
  }
}
