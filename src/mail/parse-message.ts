/**
 * From RFC 5322 octets to a parsed message. Everything here was written by a stranger: sizes, nesting and numbers are
 * bounded, and time is linear in the octets. What can be read in several ways is marked as such, never guessed.
 */
import { decodeWords } from 'postal-mime'
import type { Attachment, ParsedMessage, RawMessage } from './message.ts'
import { readHeaderBlock } from './mime/header-block.ts'
import { headerValue } from './mime/header-value.ts'
import { messageBody } from './mime/message-body.ts'
import { messageIds } from './mime/message-ids.ts'
import { type MimePart, maximumHeaderOctets, mimeTree } from './mime/mime-tree.ts'
import { nameOf } from './mime/part-name.ts'
import { addressesIn, authorsIn } from './mime/read-addresses.ts'
import { readDeliveryReport } from './mime/read-delivery-report.ts'
import { storable } from './mime/storable.ts'

/** Exchange Online takes messages up to 36 MB by default; base64 makes a third more of it. */
const maximumOctets = 64 * 1024 * 1024

/** The message cannot be parsed, now or later. It is kept raw and shown to an administrator. */
export class UnreadableMessage extends Error {
  override name = 'UnreadableMessage'
}

/**
 * Parses one message.
 *
 * The headers are those that travelled (`transportHeaders`) where the provider kept them, because Exchange writes the
 * MIME anew from its store; the body always comes from the MIME. Messages inside the message stay attachments, so
 * that a forwarded mail never speaks for the one who forwards it.
 *
 * @throws UnreadableMessage for more than 64 MB, and for octets without a header field, which name nobody to answer;
 *   nothing else.
 */
export async function parseMessage(raw: RawMessage): Promise<ParsedMessage> {
  if (raw.raw.byteLength > maximumOctets) throw new UnreadableMessage('the message is too large')
  const tree = mimeTree(octetsOf(raw))
  const travelled = readHeaderBlock(octetsThatTravelled(raw), maximumHeaderOctets)
  const haveTravelled = travelled.headers.length > 0
  const headers = haveTravelled ? travelled.headers : tree.root.headers
  if (headers.length === 0) throw new UnreadableMessage('the message has no headers')

  const body = messageBody(tree)
  const references = messageIds(headerValue(headers, 'references'))
  const inReplyTo = messageIds(headerValue(headers, 'in-reply-to'))[0] ?? null
  return {
    messageId: messageIds(headerValue(headers, 'message-id'))[0] ?? null,
    inReplyTo,
    references,
    from: authorsIn(headers),
    sender: addressesIn(headers, 'sender')[0] ?? null,
    replyTo: addressesIn(headers, 'reply-to'),
    to: [...addressesIn(headers, 'to'), ...addressesIn(headers, 'cc')],
    subject: storable(decodeWords(headerValue(headers, 'subject') ?? '')).trim(),
    date: parseDate(headerValue(headers, 'date')),
    headers,
    text: body.text === null ? null : storable(body.text),
    html: body.html === null ? null : storable(body.html),
    isCut: body.isCut,
    obstacle: haveTravelled && !travelled.isSound ? 'damaged' : body.obstacle,
    attachments: [...body.files.map(toAttachment), ...body.uuencoded],
    itemClass: raw.itemClass,
    deliveryReport: readDeliveryReport(body.files, references.at(-1) ?? inReplyTo),
  }
}

function octetsOf({ raw }: RawMessage): Buffer {
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
}

/** One more than is read of them, so that it is seen when they are too many. */
function octetsThatTravelled({ transportHeaders }: RawMessage): Buffer {
  return Buffer.from((transportHeaders ?? '').slice(0, maximumHeaderOctets + 1).trimStart())
}

function toAttachment(part: MimePart): Attachment {
  const mimeType = storable(part.type.value)
  const isCalendar = mimeType === 'text/calendar' || mimeType === 'application/ics'
  const method = part.type.parameters.get('method')?.trim().toUpperCase()
  return {
    filename: nameOf(part),
    mimeType,
    method: isCalendar && method ? storable(method) : null,
    size: decodedSize(part),
  }
}

/** Of base64 three quarters of its characters, line ends and padding left out. */
function decodedSize({ body, encoding }: MimePart): number {
  if (!/base64/i.test(encoding)) return body.length
  let characters = 0
  // Not `for … of`, which takes ten times as long.
  for (let at = 0; at < body.length; at += 1) {
    const octet = body[at] ?? 0
    if (octet > 0x20 && octet !== 0x3d) characters += 1
  }
  return Math.floor((characters * 3) / 4)
}

function parseDate(value: string | null): Date | null {
  const date = new Date(value ?? '')
  return Number.isNaN(date.getTime()) ? null : date
}
