import { randomUUID } from 'node:crypto'
import type { World } from '../world.ts'
import { suppressesAnswer } from './automatic-reply.ts'
import { composeMessage, encodeText, formatAddress, formatDate } from './compose-message.ts'
import { routeMessage } from './deliver.ts'
import { domainOf } from './domain-of.ts'
import type { Item } from './folder.ts'
import { addressesIn, type HeaderField, readHeaderBlock } from './header-block.ts'
import { itemClassOf } from './item-class-of.ts'
import type { Mailbox } from './mailbox.ts'

const subjectPrefix = { displayed: 'Read: ', deleted: 'Not read: ' }

/**
 * Sends the receipt that the author of a message asked for (RFC 8098), unless one has gone out or the client wants
 * none: who marks a message as read, or deletes it unread, without SuppressReadReceipts tells its author.
 */
export function answerReadReceipt(
  world: World,
  mailbox: Mailbox,
  item: Item,
  what: { disposition: 'displayed' | 'deleted'; isSuppressed: boolean },
): void {
  const { fields } = readHeaderBlock(item.raw)
  const [author] = addressesIn(fields, 'Disposition-Notification-To')
  if (!author || !item.isReceiptPending) return
  item.isReceiptPending = false
  if (what.isSuppressed || suppressesAnswer(fields, 'rn')) return
  const raw = composeReceipt(mailbox, item, author.address, what.disposition)
  routeMessage(world, {
    raw,
    sender: '',
    from: mailbox,
    recipients: [author.address],
    itemClass: itemClassOf(raw),
  })
}

function composeReceipt(
  mailbox: Mailbox,
  { summary }: Item,
  to: string,
  disposition: 'displayed' | 'deleted',
): Buffer {
  const { address, displayName, now } = mailbox
  const { messageId, subject } = summary
  const field = (name: string, value: string): HeaderField => ({ name, value })
  return composeMessage(
    [
      field('From', formatAddress({ name: displayName, address })),
      field('To', to),
      field('Date', formatDate(now())),
      field('Message-ID', `<${randomUUID()}@${domainOf(address)}>`),
      ...(messageId ? [field('In-Reply-To', messageId), field('References', messageId)] : []),
      field('Subject', encodeText(`${subjectPrefix[disposition]}${subject}`)),
    ],
    [
      {
        contentType: 'text/plain; charset=utf-8',
        text: `Your message\r\n\r\n   To: ${displayName}\r\n   Subject: ${subject}\r\n\r\nwas ${disposition}.\r\n`,
      },
      {
        contentType: 'message/disposition-notification',
        text:
          `Final-Recipient: rfc822;${address}\r\n` +
          (messageId ? `Original-Message-ID: ${messageId}\r\n` : '') +
          `Disposition: automatic-action/MDN-sent-automatically; ${disposition}\r\n`,
      },
    ],
    'multipart/report; report-type=disposition-notification',
  )
}
