import type { FetchMessageObject } from 'imapflow'
import type { MessageHead } from '../mailbox.ts'
import { readHeader } from './read-header.ts'

/** A message as far as it is looked at before it is known to be ours. */
export interface ListedMessage {
  uid: number
  /** RFC822.SIZE; Exchange only estimates it. */
  size: number
  /** INTERNALDATE; an invalid date when the server does not tell. */
  receivedAt: Date
  head: MessageHead
}

/** Where a plus-address survives when the mail was sent to a list or by Bcc. */
const envelopeHeaders = ['delivered-to', 'x-original-to', 'envelope-to']

/** What tells the prose of a mailer from mail: the null return path, and Exim's list of whom it could not reach. */
const mailerHeaders = ['from', 'return-path', 'x-failed-recipients']

/** All that is read of a message before it is known to be ours; none of it marks the message as seen. */
export const headQuery = {
  uid: true,
  size: true,
  internalDate: true,
  headers: [
    'subject',
    'in-reply-to',
    'references',
    'to',
    'cc',
    'content-type',
    ...mailerHeaders,
    ...envelopeHeaders,
  ],
}

/** A delivery report (RFC 3462), which Exchange would tell by an item class; qmail and old mailers write prose. */
const deliveryReport = /^multipart\/report\b.*\breport-type="?delivery-status/is

/** Exchange's name for a non-delivery report, by which the rest of the product knows one. */
const reportClass = 'REPORT.IPM.Note.NDR'

/** Reads what `headQuery` asked for. Throws `UnreadableMessage` when the headers exceed all bounds. */
export async function readListedMessage(message: FetchMessageObject): Promise<ListedMessage> {
  return {
    uid: message.uid,
    size: message.size ?? 0,
    receivedAt: new Date(message.internalDate ?? Number.NaN),
    head: await readHead(message.headers ?? Buffer.alloc(0)),
  }
}

async function readHead(block: Buffer): Promise<MessageHead> {
  // It is no fault of a message to have none of these headers.
  if (block.toString('latin1').trim() === '')
    return { subject: '', references: [], recipients: [], itemClass: null }
  const parsed = await readHeader(block)
  const valuesOf = (name: string) =>
    parsed.headers.filter((header) => header.name === name).map(({ value }) => value)
  const isReport =
    valuesOf('content-type').some((value) => deliveryReport.test(value)) ||
    valuesOf('x-failed-recipients').length > 0 ||
    (valuesOf('return-path').some((value) => /^<\s*>$/.test(value)) &&
      parsed.from.some(({ address }) => /^(mailer-daemon|postmaster)@/i.test(address)))
  return {
    subject: parsed.subject,
    references: [...(parsed.inReplyTo === null ? [] : [parsed.inReplyTo]), ...parsed.references],
    recipients: [...parsed.to.map(({ address }) => address), ...envelopeHeaders.flatMap(valuesOf)],
    itemClass: isReport ? reportClass : null,
  }
}
