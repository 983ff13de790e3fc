import type { ParsedMessage } from '../mail/message.ts'
import { findReturnDate } from './find-return-date.ts'
import { headerOf } from './header-of.ts'
import { anyLanguage } from './languages/all-languages.ts'
import { phraseAt } from './phrases.ts'
import type { ReplyReading } from './reading.ts'
import { wordsOf } from './words.ts'

type Automatic = NonNullable<ReplyReading['automatic']>
type Subtype = Automatic['subtype']

/** Exchange's item classes for mail that no person wrote. */
const itemClasses: [RegExp, Subtype][] = [
  [/^IPM\.Note\.Rules\.(External)?OofTemplate\b/i, 'out-of-office'],
  [/^IPM\.Note\.Rules\.ReplyTemplate\b/i, 'auto-reply'],
  [/^REPORT\.IPM\..*\.IPNN?RN$/i, 'read-receipt'],
  [/^REPORT\.IPM\./i, 'delivery-notice'],
  [/^IPM\.Schedule\.Meeting\b/i, 'calendar'],
  [/^IPM\.(Outlook\.Recall|Recall\.Report)\b/i, 'auto-reply'],
]

/** Headers whose mere presence says that a machine answered. */
const machineHeaders = [
  'x-autoreply',
  'x-autorespond',
  'x-fc-machinegenerated',
  'x-ms-exchange-inbox-rules-loop',
]

/**
 * Mail that no person wrote as an answer; null for a person's reply. The signs in order: what Exchange says it is, what
 * it is by its MIME type, RFC 3834, lists, machines, and a subject prefix as the last hint. `X-Auto-Response-Suppress`
 * is none: people's own replies carry it.
 */
export function recogniseAutomatic(message: ParsedMessage, text: string): Automatic | null {
  const subtype = subtypeOf(message)
  if (subtype === null) return null
  return { subtype, returnsOn: subtype === 'out-of-office' ? findReturnDate(text, message.date) : null }
}

function subtypeOf(message: ParsedMessage): Subtype | null {
  const header = (name: string) => headerOf(message, name)
  const byClass = itemClasses.find(([pattern]) => pattern.test(message.itemClass ?? ''))
  if (byClass) return byClass[1]

  const contentType = header('content-type') ?? ''
  const holds = (mimeType: string) =>
    message.attachments.some((attachment) => attachment.mimeType === mimeType)
  if (/report-type\s*=\s*"?disposition-notification/i.test(contentType)) return 'read-receipt'
  if (holds('message/disposition-notification')) return 'read-receipt'
  if (message.deliveryReport !== null || /^multipart\/report\b/i.test(contentType)) return 'delivery-notice'
  if (
    /^text\/calendar\b/i.test(contentType) ||
    header('content-class') === 'urn:content-classes:calendarmessage'
  ) {
    return 'calendar'
  }
  if (holds('text/calendar') && subjectBegins(message.subject, anyLanguage.calendarSubjects))
    return 'calendar'
  // Gmail's reaction: an emoji as the text, which a person clicked under a message and did not send as an answer.
  if (holds('text/vnd.google.email-reaction+json')) return 'auto-reply'

  const saysAway = subjectBegins(message.subject, anyLanguage.outOfOfficeSubjects)
  const autoSubmitted = header('auto-submitted')?.toLowerCase() ?? 'no'
  if (!/^no\b/.test(autoSubmitted)) {
    return saysAway || autoSubmitted.includes('vacation') ? 'out-of-office' : 'auto-reply'
  }
  if (header('list-id') !== null || /^(bulk|list|junk)\b/i.test(header('precedence') ?? '')) {
    return saysAway ? 'out-of-office' : 'list'
  }
  const isMachine =
    machineHeaders.some((name) => header(name) !== null) ||
    /^auto_reply\b/i.test(header('precedence') ?? '') ||
    /^<\s*>$/.test(header('return-path') ?? '')
  if (saysAway) return 'out-of-office'
  return isMachine ? 'auto-reply' : null
}

function subjectBegins(subject: string, phrases: typeof anyLanguage.outOfOfficeSubjects): boolean {
  return phraseAt(wordsOf(subject.slice(0, 500)), 0, phrases) !== null
}
