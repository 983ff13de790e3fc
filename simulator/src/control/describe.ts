import { userIdOf } from '../entra/access-token.ts'
import { itemIdOf } from '../graph/ids.ts'
import { imapNameOf } from '../imap/folder-name.ts'
import { type Folder, folderPath, type Item } from '../mail/folder.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import type { World } from '../world.ts'

/** How the control API shows what the world holds; `README.md` lists the members. */

export function describeMailbox({ address, displayName, locale, aliases, tenant }: Mailbox) {
  const id = tenant && userIdOf(tenant, address)
  return { id, address, displayName, locale, aliases, tenant: tenant?.id ?? null }
}

export function describeFolder(folder: Folder) {
  return { name: folderPath(folder), id: folder.id, total: folder.items.size }
}

/** An item's id as EWS has it, the one that Graph keeps through every move, and where it lies in IMAP. */
export function idsOf(item: Item) {
  const { folder, uid } = item
  const imap = { folder: imapNameOf(folder), uidValidity: folder.uidValidity, uid }
  return { id: item.id, immutableId: itemIdOf(item, true), imap }
}

export function describeItem(item: Item) {
  const { subject, from, to, messageId } = item.summary
  return {
    ...idsOf(item),
    subject,
    from: from?.address ?? null,
    to: to.map(({ address }) => address),
    receivedAt: new Date(item.receivedAt).toISOString(),
    isRead: item.isRead,
    size: item.raw.length,
    itemClass: item.itemClass,
    internetMessageId: messageId,
    categories: item.categories,
  }
}

export function describeClock({ clock }: World) {
  return { now: new Date(clock.now()).toISOString(), offsetMs: clock.offset() }
}
