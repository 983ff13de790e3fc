import type { Item } from '../mail/folder.ts'
import { rawHeaderText } from '../mail/header-block.ts'
import type { Value } from './value.ts'

/** Bits of PR_MESSAGE_FLAGS (MS-OXCMSG, section 2.2.1.6). */
export const MSGFLAG_READ = 0x01
export const MSGFLAG_UNSENT = 0x08
const MSGFLAG_HASATTACH = 0x10
const importances = ['Low', 'Normal', 'High']

/** MAPI properties that come from the message itself (MS-OXPROPS), by property id. */
export const mapiProperties = new Map<number, (item: Item) => Value>([
  [0x0017, (item) => importances.indexOf(item.importance)],
  [0x001a, (item) => item.itemClass],
  [0x0037, (item) => item.summary.subject],
  [0x0039, (item) => new Date(item.sentAt)],
  [0x0070, (item) => conversationTopic(item)],
  // PR_TRANSPORT_MESSAGE_HEADERS is absent on what never came through transport.
  [0x007d, (item) => (item.isDelivered ? rawHeaderText(item.raw) : undefined)],
  [0x0c1a, (item) => item.summary.sender?.name],
  [0x0e04, (item) => displayNames(item.summary.to)],
  [0x0e06, (item) => new Date(item.receivedAt)],
  [0x0e07, messageFlags],
  [0x0e08, (item) => item.raw.length],
  [0x0e1b, (item) => item.summary.hasAttachments],
  [0x0e1d, (item) => conversationTopic(item)],
  [0x1035, (item) => item.summary.messageId ?? undefined],
  [0x1039, (item) => item.summary.references ?? undefined],
  [0x1042, (item) => item.summary.inReplyTo ?? undefined],
  [0x3007, (item) => new Date(item.createdAt)],
  [0x3008, (item) => new Date(item.modifiedAt)],
  [0x5d01, (item) => item.summary.sender?.address],
  [0x5d02, (item) => item.summary.from?.address],
])

function messageFlags({ isRead, isDraft, summary }: Item): number {
  return (
    (isRead ? MSGFLAG_READ : 0) |
    (isDraft ? MSGFLAG_UNSENT : 0) |
    (summary.hasAttachments ? MSGFLAG_HASATTACH : 0)
  )
}

/** The subject without the prefixes of up to three letters that clients of many languages put before it. */
export function conversationTopic({ summary }: Item): string {
  return summary.subject.replace(/^(\s*\p{L}{1,3}\s?:\s*)+/u, '')
}

export function displayNames(addresses: { name: string; address: string }[]): string {
  return addresses.map(({ name, address }) => name || address).join('; ')
}
