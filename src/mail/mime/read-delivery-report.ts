import { addressParser, decodeWords } from 'postal-mime'
import type { DeliveryReport, MailHeader, ReturnedHead } from '../message.ts'
import { decodeText } from './decode-text.ts'
import { decodeTransfer } from './decode-transfer.ts'
import { readHeaderBlock } from './header-block.ts'
import { headerValue } from './header-value.ts'
import { messageIds } from './message-ids.ts'
import type { MimePart } from './mime-tree.ts'
import { storable } from './storable.ts'

/** What is looked at of a report's parts: fields of many recipients, and the head of what comes back. */
const readOctets = 256 * 1024
/** One for each recipient; ours have one. */
const mostBlocks = 1_000
/** Of a header that names recipients. */
const readAddresses = 10_000
/** A server's words; what is longer is a transcript. */
const longestDiagnostic = 500

/** RFC 3464, and RFC 6533 for addresses in UTF-8. */
const statusType = /^message\/(global-)?delivery-status$/
const returnedType = /^(message\/(rfc822|global|global-headers)|(text|message)\/rfc822-headers)$/

/**
 * Reads a delivery status notification: one block of fields for the message, then one for each recipient, of which one
 * counts: the one that the returned message was for; else one that failed, one that is late, the first. Null when the
 * message is none. Pure, and never throws, whatever the parts hold.
 *
 * @param answeredId What the report answers to: names the message reported on where nothing of it comes back.
 */
export function readDeliveryReport(parts: MimePart[], answeredId: string | null): DeliveryReport | null {
  const status = parts.find(({ type }) => statusType.test(type.value))
  if (status === undefined) return null
  const returnedPart = parts.find(({ type }) => returnedType.test(type.value))
  const returnedHeaders = returnedPart === undefined ? [] : fieldsOf(headText(returnedPart))
  const returned = returnedPart === undefined ? null : returnedHead(returnedHeaders)
  const recipients = headText(status)
    .trim()
    .split(/(?:\r\n|\n){2,}/, mostBlocks)
    .map(fieldsOf)
    .filter((block) => headerValue(block, 'action') !== null)
  const block = thatCounts(recipients, addressesIn(returnedHeaders, 'to')) ?? []
  const diagnostic = diagnosticOf(block)
  return {
    action: recipients.length === 0 ? 'failed' : actionOf(block),
    status: statusOf(block, diagnostic),
    recipient: recipientOf(block, 'final-recipient') ?? recipientOf(block, 'original-recipient'),
    diagnostic,
    originalMessageId: returned?.messageId ?? answeredId,
    returned,
  }
}

function thatCounts(recipients: MailHeader[][], asked: string[]): MailHeader[] | undefined {
  const isAsked = (block: MailHeader[]) =>
    ['original-recipient', 'final-recipient'].some((name) =>
      asked.includes(recipientOf(block, name)?.toLowerCase() ?? ''),
    )
  return (
    recipients.find(isAsked) ??
    recipients.find((block) => actionOf(block) === 'failed') ??
    recipients.find((block) => actionOf(block) === 'delayed') ??
    recipients[0]
  )
}

function returnedHead(headers: MailHeader[]): ReturnedHead {
  return {
    messageId: messageIds(headerValue(headers, 'message-id'))[0] ?? null,
    subject: storable(decodeWords(headerValue(headers, 'subject') ?? '')),
    replyTo: addressesIn(headers, 'reply-to'),
  }
}

function addressesIn(headers: MailHeader[], name: string): string[] {
  return addressParser((headerValue(headers, name) ?? '').slice(0, readAddresses), { flatten: true }).flatMap(
    ({ address }) => (address ? [address.toLowerCase()] : []),
  )
}

/** Comments may stand behind it (RFC 3464 section 2.1.1). */
function actionOf(block: MailHeader[]): string {
  return (headerValue(block, 'action')?.split('(', 1)[0] ?? '').trim().toLowerCase()
}

/** RFC 3463; where the field holds none, or the one that says nothing (`5.0.0`), that of the server's own words. */
function statusOf(block: MailHeader[], diagnostic: string | null): string | null {
  const status = /^\d\.\d{1,3}\.\d{1,3}/.exec(headerValue(block, 'status') ?? '')?.[0] ?? null
  if (status !== null && !status.endsWith('.0.0')) return status
  return /\b[245]\d\d[ -]([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(diagnostic ?? '')?.[1] ?? status
}

/** `smtp; 550 5.1.1 unknown` → `550 5.1.1 unknown`, on one line. */
function diagnosticOf(block: MailHeader[]): string | null {
  const words = withoutType(headerValue(block, 'diagnostic-code') ?? '').replace(/\s+/g, ' ')
  return words === '' ? null : words.slice(0, longestDiagnostic).toWellFormed()
}

/** `rfc822; nadia@contoso.example` → `nadia@contoso.example`; sections 2.3.1 and 2.3.2. */
function recipientOf(block: MailHeader[], name: string): string | null {
  const field = headerValue(block, name)
  return field === null ? null : withoutType(field)
}

function withoutType(field: string): string {
  return field.slice(field.indexOf(';') + 1).trim()
}

function fieldsOf(block: string): MailHeader[] {
  return readHeaderBlock(Buffer.from(block.trimStart()), readOctets).headers
}

function headText({ body, encoding }: MimePart): string {
  return decodeText(decodeTransfer(body, encoding, readOctets).octets, '')
}
