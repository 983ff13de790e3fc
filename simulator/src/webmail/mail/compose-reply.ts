import MailComposer from 'nodemailer/lib/mail-composer'
import type { Email } from 'postal-mime'
import { bodyContent } from './body-content.ts'
import type { Author } from './compose-message.ts'
import { escapeHtml } from './escape-html.ts'
import { htmlText } from './html-text.ts'
import { flattenAddresses, parseMail } from './parse-mail.ts'
import { apple } from './reply-styles/apple.ts'
import { gmail } from './reply-styles/gmail.ts'
import { outlook } from './reply-styles/outlook.ts'
import { plain } from './reply-styles/plain.ts'
import type { ReplyDraft, ReplyStyle } from './reply-styles/reply-style.ts'

/** The mail clients a reply can look like, in the order to offer them. */
export const replyStyles = ['outlook', 'gmail', 'apple', 'plain'] as const
export type ReplyStyleName = (typeof replyStyles)[number]

const styles: Record<ReplyStyleName, ReplyStyle> = { outlook, gmail, apple, plain }

/** A thread of real people is shorter; without a bound a hostile References field grows with each reply. */
const maxReferences = 50

/** `text` is sent as typed, above the quote (lines end in `\n`); `locale` is the language of the client. */
export type Reply = {
  readonly original: Uint8Array
  readonly from: Author
  readonly text: string
  readonly style: ReplyStyleName
  readonly locale: 'en' | 'fr'
  readonly date: Date
}

/**
 * Builds a reply as a real mail client does: threaded by In-Reply-To and References (RFC 5322 section 3.6.4),
 * to Reply-To or else From, with the client's quote. Returns RFC 5322 octets with CRLF line ends and a fresh
 * Message-ID. Throws when the original cannot be parsed or names nobody to answer.
 */
export async function composeReply({
  original,
  from,
  text,
  style,
  locale,
  date,
}: Reply): Promise<Uint8Array> {
  const mail = await parseMail(original)
  const to = replyRecipients(mail)
  if (to.length === 0) throw new Error('The message names nobody to reply to')
  const { html, headers, text: written } = styles[style]({ text, locale, quoted: quotedMail(mail, date) })
  const references = `${mail.references ?? mail.inReplyTo ?? ''} ${mail.messageId ?? ''}`.match(/<[^<>\s]+>/g)
  return new MailComposer({
    from: { ...from },
    to,
    subject: replySubject(mail, style),
    ...(mail.messageId === undefined ? {} : { inReplyTo: mail.messageId }),
    ...(references === null ? {} : { references: references.slice(-maxReferences) }),
    text: written,
    ...(html === undefined ? {} : { html }),
    headers: { ...headers },
    date,
    newline: 'win',
  })
    .compile()
    .build()
}

/** Whom a reply goes to: Reply-To, or else From (RFC 5322 section 3.6.2). Empty when the mail names neither. */
export function replyRecipients(mail: Email): Author[] {
  const replyTo = flattenAddresses(mail.replyTo)
  return replyTo.length > 0 ? replyTo : flattenAddresses(mail.from && [mail.from])
}

/** The subject of a reply; a prefix that is there already is not repeated. */
export function replySubject(mail: Email, style: ReplyStyleName): string {
  const subject = mail.subject ?? ''
  if (/^re\s*:/i.test(subject)) return subject
  return `${style === 'outlook' ? 'RE' : 'Re'}: ${subject}`
}

function quotedMail(mail: Email, now: Date): ReplyDraft['quoted'] {
  const [author = { name: '', address: '' }] = flattenAddresses(mail.from && [mail.from])
  const sentAt = new Date(mail.date ?? Number.NaN)
  const text = (mail.text ?? htmlText(mail.html ?? '')).trimEnd()
  return {
    from: author,
    to: flattenAddresses(mail.to),
    cc: flattenAddresses(mail.cc),
    subject: mail.subject ?? '',
    sentAt: Number.isNaN(sentAt.getTime()) ? now : sentAt,
    text,
    html: mail.html === undefined ? escapeHtml(text).replaceAll('\n', '<br>') : bodyContent(mail.html),
  }
}
