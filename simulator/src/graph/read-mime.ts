import { randomUUID } from 'node:crypto'
import { domainOf } from '../mail/domain-of.ts'
import { fieldValue, readHeaderBlock, rewriteHeader } from '../mail/header-block.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { GraphError } from './graph-error.ts'
import type { GraphRequest, MailboxCall } from './request.ts'

/**
 * Whether a message comes as MIME rather than as JSON.
 * @throws GraphError 415 for neither
 */
export function isMime({ headers }: GraphRequest): boolean {
  const type = headers['content-type'] ?? ''
  if (/^text\/plain\b/i.test(type)) return true
  if (/^application\/json\b/i.test(type)) return false
  throw new GraphError(415, 'UnsupportedMediaType', `The content type '${type}' is not supported here.`)
}

/**
 * The message of a body in base64, without the fields that get lost on this way:
 * https://learn.microsoft.com/graph/outlook-send-mime-message
 * @throws GraphError ErrorMimeContentInvalidBase64String, ErrorMimeContentInvalid
 */
export function readMime({ request, access }: Pick<MailboxCall, 'request' | 'access'>): Buffer {
  const base64 = request.body.toString('latin1').replace(/\s+/g, '')
  if (base64.length === 0 || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    throw new GraphError(
      400,
      'ErrorMimeContentInvalidBase64String',
      'Invalid base64 string for MIME content.',
    )
  }
  const raw = Buffer.from(base64, 'base64')
  if (!/^[!-9;-~]+[ \t]*:/.test(raw.toString('latin1', 0, 200)))
    throw new GraphError(400, 'ErrorMimeContentInvalid', 'The MIME content is not valid.')
  const isDropped = nameTest(access.tenant.graph.droppedHeaders)
  return rewriteHeader(raw, { keep: (name) => !isDropped(name) })
}

/** Exchange gives a draft its Message-ID when it is made; one that is there stays. */
export function withMessageId(mailbox: Mailbox, raw: Buffer): Buffer {
  if (fieldValue(readHeaderBlock(raw).fields, 'Message-ID') !== undefined) return raw
  const value = `<${randomUUID()}@${domainOf(mailbox.address)}>`
  return rewriteHeader(raw, { after: [{ name: 'Message-ID', value }] })
}

/** Whether a lower-case name is on a list, where names may end in `*`. */
function nameTest(patterns: string[]): (name: string) => boolean {
  const wanted = patterns.map((pattern) => pattern.toLowerCase())
  return (name) =>
    wanted.some((pattern) =>
      pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
    )
}
