import type { Item } from '../mail/folder.ts'
import { rawHeaderText } from '../mail/header-block.ts'
import type { Value } from './value.ts'

/** Bits of PR_MESSAGE_FLAGS (MS-OXCMSG, section 2.2.1.6). */
export const MSGFLAG_READ = 0x01
export const MSGFLAG_UNSENT = 0x08
const MSGFLAG_HASATTACH = 0x10
const importances = ['Low', 'Normal', 'High']

/** MAPI properties that come from the message itself (MS-OXPROPS); by property id. */
export const mapiProperties: Record<number, (item: Item) => Value> = {
  23: (item) => importances.indexOf(item.importance),
  26: (item) => item.itemClass,
  55: (item) => item.summary.subject,
  57: (item) => new Date(item.sentAt),
  112: (item) => conversationTopic(item),
  // PR_TRANSPORT_MESSAGE_HEADERS is absent on what never came through transport.
  125: (item) => (item.isDelivered ? rawHeaderText(item.raw) : undefined),
  3098: (item) => item.summary.sender?.name,
  3588: (item) => displayNames(item.summary.to),
  3590: (item) => new Date(item.receivedAt),
  3591: (item) =>
    (item.isRead ? MSGFLAG_READ : 0) |
    (item.isDraft ? MSGFLAG_UNSENT : 0) |
    (item.summary.hasAttachments ? MSGFLAG_HASATTACH : 0),
  3592: (item) => item.raw.length,
  3611: (item) => item.summary.hasAttachments,
  3613: (item) => conversationTopic(item),
  4149: (item) => item.summary.messageId ?? undefined,
  4153: (item) => item.summary.references ?? undefined,
  4162: (item) => item.summary.inReplyTo ?? undefined,
  12295: (item) => new Date(item.createdAt),
  12296: (item) => new Date(item.modifiedAt),
  23809: (item) => item.summary.sender?.address,
  23810: (item) => item.summary.from?.address,
}

/** The subject without the prefixes of up to three letters that clients of many languages put before it. */
export function conversationTopic({ summary }: Item): string {
  return summary.subject.replace(/^(\s*\p{L}{1,3}\s?:\s*)+/u, '')
}

export function displayNames(addresses: { name: string; address: string }[]): string {
  return addresses.map(({ name, address }) => name || address).join('; ')
}
