/**
 * From RFC 5322 octets to a parsed message. Everything here was written by a stranger: sizes, nesting and numbers are
 * bounded, and time is linear in the octets. What can be read in several ways is marked as such, never guessed.
 */
import { addressParser, decodeWords } from 'postal-mime'
import { headerValue, messageIds, parseHeaderBlock, storable } from './header-block.ts'
import type { Attachment, MailAddress, MailHeader, ParsedMessage, RawMessage } from './message.ts'
import { messageBody } from './message-body.ts'
import { type MimePart, maximumHeaderOctets, mimeTree } from './mime-tree.ts'
import { nameOf } from './part-name.ts'
import { readDeliveryReport } from './read-delivery-report.ts'

/** Exchange Online takes messages up to 36 MB by default; base64 makes a third more of it. */
const maximumOctets = 64 * 1024 * 1024
/** Of one header; what follows is left out. */
const maximumAddresses = 1_000
/** Of one header, as many as have a colon; for each, the parser goes through all that follows anew. */
const maximumGroups = 10

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
  const transportHeaders = raw.transportHeaders ?? ''
  const travelled = parseHeaderBlock(transportHeaders.slice(0, maximumHeaderOctets))
  const headers = travelled.length > 0 ? travelled : tree.root.headers
  if (headers.length === 0) throw new UnreadableMessage('the message has no headers')

  const body = messageBody(tree)
  const references = messageIds(headerValue(headers, 'references'))
  const inReplyTo = messageIds(headerValue(headers, 'in-reply-to'))[0] ?? null
  return {
    messageId: messageIds(headerValue(headers, 'message-id'))[0] ?? null,
    inReplyTo,
    references,
    from: authors(headers),
    sender: addresses(headers, 'sender')[0] ?? null,
    replyTo: addresses(headers, 'reply-to'),
    to: [...addresses(headers, 'to'), ...addresses(headers, 'cc')],
    subject: storable(decodeWords(headerValue(headers, 'subject') ?? '')).trim(),
    date: parseDate(headerValue(headers, 'date')),
    headers,
    text: body.text === null ? null : storable(body.text),
    html: body.html === null ? null : storable(body.html),
    isCut: body.isCut,
    obstacle: transportHeaders.length > maximumHeaderOctets ? 'damaged' : body.obstacle,
    attachments: [...body.files.map(toAttachment), ...body.uuencoded],
    itemClass: raw.itemClass,
    deliveryReport: readDeliveryReport(body.files, references.at(-1) ?? inReplyTo),
  }
}

function octetsOf({ raw }: RawMessage): Buffer {
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
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

/** The addresses of every header of that name, groups flattened. */
function addresses(headers: MailHeader[], name: string): MailAddress[] {
  return headers.filter((header) => header.name === name).flatMap(({ value }) => readAddresses(value).written)
}

/**
 * Every author that a From header may be read to name. Readers differ on one that breaks the rules (RFC 5322, 3.4): of
 * `<cfo@contoso.example> <mallory@contoso.example>` each shows another address, so it has two.
 */
function authors(headers: MailHeader[]): MailAddress[] {
  return headers
    .filter(({ name }) => name === 'from')
    .flatMap(({ value }) => {
      const { written, decoded } = readAddresses(value)
      const [author, ...others] = written
      if (author === undefined || others.length > 0) return written
      const isOther = (address: string) => address.toLowerCase() !== author.address.toLowerCase()
      const besides = [...new Set([...seenAddresses(value), ...decoded])].filter(isOther)
      return [author, ...besides.map((address) => ({ name: '', address: storable(address) }))]
    })
}

/**
 * A quoted string or a comment (RFC 5322, 3.2.4 and 3.2.2); of nested comments the innermost. What is never closed is
 * matched as well, so that nothing is gone through twice.
 */
const quotedOrComment = /"(?:[^"\\]|\\.)*("?)|\((?:[^()\\]|\\.)*(\)?)/gs

/** What stands around each `@`, wherever a reader might take it for an address. */
function seenAddresses(value: string): string[] {
  const bare = value.replace(quotedOrComment, (text, quote, parenthesis) =>
    quote || parenthesis ? ' ' : text,
  )
  return bare.split(/[\s<>,;:()"]+/).flatMap((word) => {
    const [first = '', ...others] = word.split('@')
    return others.map((other, at) => `${others[at - 1] ?? first}@${other}`)
  })
}

/**
 * The addresses of a header, groups flattened, and what only looks like one once it is decoded: an encoded word may
 * hold a name only (RFC 2047, section 5), so that is a forgery.
 */
function readAddresses(value: string): { written: MailAddress[]; decoded: string[] } {
  const written: MailAddress[] = []
  const decoded: string[] = []
  const first = value.split(':', maximumGroups + 1).join(':')
  for (const { name, address = '' } of addressParser(first, { flatten: true }).slice(0, maximumAddresses)) {
    if (address !== '' && value.includes(address)) written.push({ name: storable(name), address })
    else if (`${name}${address}`.includes('@')) decoded.push(address || name)
  }
  return { written, decoded }
}

function parseDate(value: string | null): Date | null {
  const date = new Date(value ?? '')
  return Number.isNaN(date.getTime()) ? null : date
}
