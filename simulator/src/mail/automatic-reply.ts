import { randomUUID } from 'node:crypto'
import { composeMessage, encodeText, formatAddress, formatDate } from './compose-message.ts'
import { domainOf } from './domain-of.ts'
import { decodeText, fieldValue, type HeaderField, readHeaderBlock } from './header-block.ts'
import type { Mailbox } from './mailbox.ts'

export const OUT_OF_OFFICE_CLASS = 'IPM.Note.Rules.OofTemplate.Microsoft'

const subjectPrefix: Record<string, string> = { en: 'Automatic reply: ', fr: 'Réponse automatique : ' }

/**
 * The out-of-office answer to a message that came to `mailbox`, or `null` when none is due: it is off, the sender
 * had it already, there is nobody to answer, or the message is automatic or asks for silence (RFC 3834, and
 * X-Auto-Response-Suppress as Exchange reads it). Remembers the sender.
 */
export function takeAutomaticReply(mailbox: Mailbox, raw: Buffer, sender: string): Buffer | null {
  const reply = mailbox.automaticReply
  const key = sender.toLowerCase()
  if (!reply || sender === '' || reply.answered.has(key)) return null
  const { fields } = readHeaderBlock(raw)
  if (isAutomatic(fields) || suppressesAnswer(fields, 'oof')) return null
  reply.answered.add(key)

  const prefix = subjectPrefix[mailbox.locale.slice(0, 2)] ?? 'Automatic reply: '
  const subject = reply.subject ?? `${prefix}${decodeText(fieldValue(fields, 'Subject') ?? '')}`
  const messageId = fieldValue(fields, 'Message-ID')
  const field = (name: string, value: string): HeaderField => ({ name, value })
  return composeMessage(
    [
      field('From', formatAddress({ name: mailbox.displayName, address: mailbox.address })),
      field('To', sender),
      field('Date', formatDate(mailbox.now())),
      field('Message-ID', `<${randomUUID()}@${domainOf(mailbox.address)}>`),
      ...(messageId ? [field('In-Reply-To', messageId), field('References', messageId)] : []),
      field('Subject', encodeText(subject)),
      field('Auto-Submitted', 'auto-generated'),
      field('X-Auto-Response-Suppress', 'All'),
      field('X-MS-Exchange-Inbox-Rules-Loop', mailbox.address),
    ],
    [{ contentType: 'text/plain; charset=utf-8', text: `${reply.text}\r\n` }],
  )
}

function isAutomatic(fields: HeaderField[]): boolean {
  const submitted = fieldValue(fields, 'Auto-Submitted')?.toLowerCase() ?? 'no'
  return !submitted.startsWith('no') || /^(bulk|junk|list)$/i.test(fieldValue(fields, 'Precedence') ?? '')
}

/** Whether X-Auto-Response-Suppress asks for no answer of this kind. */
export function suppressesAnswer(fields: HeaderField[], kind: 'oof' | 'rn'): boolean {
  const values = (fieldValue(fields, 'X-Auto-Response-Suppress') ?? '').toLowerCase().split(/[\s,;]+/)
  return values.includes('all') || values.includes(kind)
}
