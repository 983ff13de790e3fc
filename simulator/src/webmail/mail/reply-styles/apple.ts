import { escapeHtml } from '../escape-html.ts'
import { formatMailbox } from '../parse-mail.ts'
import { clientDate } from './client-date.ts'
import { quoteLines } from './quote-lines.ts'
import type { ReplyDraft, ReplyStyle } from './reply-style.ts'
import { typedHtml } from './typed-html.ts'

const signature = { en: 'Sent from my iPhone', fr: 'Envoyé de mon iPhone' } as const

/** Apple Mail on an iPhone: its signature, then the attribution inside the quote. */
export const apple: ReplyStyle = (draft) => {
  const { text, locale, quoted } = draft
  const line = attribution(draft)
  return {
    text: `${text}\n\n${signature[locale]}\n\n${quoteLines(`${line}\n\n${quoted.text}`)}`,
    html:
      '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">' +
      `<div dir="ltr">${typedHtml(text)}</div><br id="lineBreakAtBeginningOfSignature"><div dir="ltr">${signature[locale]}</div>` +
      `<div dir="ltr"><br><blockquote type="cite">${escapeHtml(line)}<br><br></blockquote></div>` +
      `<blockquote type="cite"><div dir="ltr">${quoted.html}</div></blockquote></body></html>`,
    headers: { 'X-Mailer': 'iPhone Mail (23B85)' },
  }
}

function attribution({ locale, quoted }: ReplyDraft): string {
  const day = clientDate(quoted.sentAt, locale, { day: 'numeric', month: 'short', year: 'numeric' })
  const time = clientDate(quoted.sentAt, locale, { hour: 'numeric', minute: '2-digit' })
  const author = formatMailbox(quoted.from)
  return locale === 'fr'
    ? `Le ${day} à ${time}, ${author} a écrit :`
    : `On ${day}, at ${time}, ${author} wrote:`
}
