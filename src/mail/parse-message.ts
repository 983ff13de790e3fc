/**
 * From RFC 5322 octets to a parsed message. Everything here was written by a stranger: sizes and nesting are bounded,
 * and what cannot be read is one named error, so that the caller stores it and goes on with the next message.
 */
import PostalMime, { addressParser, decodeWords, type Attachment as MimePart } from 'postal-mime'
import { headerValue, messageIds, parseHeaderBlock, storable, toHeaders } from './header-block.ts'
import type { MailAddress, MailHeader, ParsedMessage, RawMessage } from './message.ts'
import { readDeliveryReport } from './read-delivery-report.ts'

/** Exchange Online takes messages up to 36 MB by default; base64 makes a third more of it. */
const maximumOctets = 64 * 1024 * 1024
const maximumHeaderOctets = 256 * 1024
const maximumNesting = 32
/** Of one header; what follows is left out. */
const maximumAddresses = 1_000
/** postal-mime bounds the depth of parts but not their number: one delimiter a line makes a million of them. */
const maximumDelimiterLines = 20_000
/** It takes some 10 µs for each line of text, and more the more there are. */
const maximumLines = 50_000

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
 * @throws UnreadableMessage for octets that are no message or exceed a bound; nothing else.
 */
export async function parseMessage(raw: RawMessage): Promise<ParsedMessage> {
  refuseOversize(raw)
  const mime = await parseMime(boundLines(octetsOf(raw)))
  const travelled = raw.transportHeaders === null ? [] : parseHeaderBlock(raw.transportHeaders)
  const headers = travelled.length > 0 ? travelled : toHeaders(mime.headerLines.map(({ line }) => line))
  if (headers.length === 0) throw new UnreadableMessage('the message has no headers')

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
    text: mime.text === undefined ? null : storable(mime.text),
    html: mime.html === undefined ? null : storable(mime.html),
    attachments: mime.attachments.map((part) => ({
      filename: part.filename === null ? null : storable(part.filename),
      mimeType: storable(part.mimeType),
      method: part.method === undefined ? null : storable(part.method),
      size: contentOf(part).byteLength,
    })),
    itemClass: raw.itemClass,
    deliveryReport: readDeliveryReport(mime.attachments, references.at(-1) ?? inReplyTo),
  }
}

function refuseOversize(message: RawMessage): void {
  const { raw, transportHeaders } = message
  if (raw.byteLength > maximumOctets) throw new UnreadableMessage('the message is too large')
  if ((transportHeaders?.length ?? 0) > maximumHeaderOctets) {
    throw new UnreadableMessage('the headers are too large')
  }
  if (isMoreThan(maximumDelimiterLines, '\n--', octetsOf(message))) {
    throw new UnreadableMessage('the message has too many parts')
  }
}

/** Two full lines of base64 in a row; RFC 2045 has them 76 long, OpenPGP 64, and RFC 5322 none over 998. */
const lineEndInBase64 = /^([a-z0-9+/]{60,998})\r?\n(?=[a-z0-9+/]{60,998}={0,2}\r?$)/gim

/**
 * The octets with no more lines than can be read in a moment. A large attachment has as many, so where there are too
 * many, those of base64 are joined: to a decoder they mean the same, and none of them can be an answer.
 */
function boundLines(octets: Buffer): Buffer {
  if (!isMoreThan(maximumLines, '\n', octets)) return octets
  const joined = Buffer.from(octets.toString('latin1').replace(lineEndInBase64, '$1'), 'latin1')
  if (isMoreThan(maximumLines, '\n', joined)) throw new UnreadableMessage('the message has too many lines')
  return joined
}

function isMoreThan(maximum: number, what: string, octets: Buffer): boolean {
  let count = 0
  for (let at = octets.indexOf(what); at !== -1 && count <= maximum; at = octets.indexOf(what, at + 1)) {
    count += 1
  }
  return count > maximum
}

function octetsOf({ raw }: RawMessage): Buffer {
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
}

async function parseMime(octets: Uint8Array) {
  try {
    return await PostalMime.parse(octets, {
      attachmentEncoding: 'arraybuffer',
      forceRfc822Attachments: true,
      maxNestingDepth: maximumNesting,
      maxHeadersSize: maximumHeaderOctets,
    })
  } catch (cause) {
    throw new UnreadableMessage('the message cannot be parsed', { cause })
  }
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
      const seen = value.replace(quotedOrComment, ' ').match(aroundAt) ?? []
      const isOther = (address: string) => address.toLowerCase() !== author.address.toLowerCase()
      const besides = [...new Set([...seen, ...decoded])].filter(isOther)
      return [author, ...besides.map((address) => ({ name: '', address: storable(address) }))]
    })
}

/** A quoted string or a comment (RFC 5322, 3.2.4 and 3.2.2); of nested comments the innermost. */
const quotedOrComment = /"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)/g

/** What stands around each `@`. */
const aroundAt = /[^\s<>,;:()"@]*@[^\s<>,;:()"@]*/g

/**
 * The addresses of a header, groups flattened, and what only looks like one once it is decoded: an encoded word may
 * hold a name only (RFC 2047, section 5), so that is a forgery.
 */
function readAddresses(value: string): { written: MailAddress[]; decoded: string[] } {
  const written: MailAddress[] = []
  const decoded: string[] = []
  for (const { name, address = '' } of addressParser(value, { flatten: true }).slice(0, maximumAddresses)) {
    if (address !== '' && value.includes(address)) written.push({ name: storable(name), address })
    else if (`${name}${address}`.includes('@')) decoded.push(address || name)
  }
  return { written, decoded }
}

function parseDate(value: string | null): Date | null {
  const date = new Date(value ?? '')
  return Number.isNaN(date.getTime()) ? null : date
}

function contentOf({ content }: MimePart): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
}
