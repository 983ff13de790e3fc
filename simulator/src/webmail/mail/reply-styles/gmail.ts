import { escapeHtml } from '../escape-html.ts'
import { clientDate } from './client-date.ts'
import { quoteLines } from './quote-lines.ts'
import type { ReplyDraft, ReplyStyle } from './reply-style.ts'
import { typedHtml } from './typed-html.ts'

/** Gmail on the web: an attribution line, then the original in `blockquote.gmail_quote`. */
export const gmail: ReplyStyle = (draft) => {
  const { text, quoted } = draft
  const { before, after } = attribution(draft)
  const { name, address } = quoted.from
  const mailbox = `&lt;<a href="mailto:${encodeURIComponent(address)}">${escapeHtml(address)}</a>&gt;`
  return {
    // Gmail folds its plain text, which puts the verb of most attributions on a line of its own.
    text: `${text}\n\n${before} ${name} <${address}>\n${after}\n\n${quoteLines(quoted.text)}`,
    html:
      `<div dir="ltr">${typedHtml(text)}</div><br><div class="gmail_quote gmail_quote_container">` +
      `<div dir="ltr" class="gmail_attr">${before} ${escapeHtml(name)} ${mailbox} ${after}<br></div>` +
      '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">' +
      `${quoted.html}</blockquote></div>`,
    headers: {},
  }
}

function attribution({ locale, quoted }: ReplyDraft): { before: string; after: string } {
  const day = clientDate(quoted.sentAt, locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  const time = clientDate(quoted.sentAt, locale, { hour: 'numeric', minute: '2-digit' })
  return locale === 'fr'
    ? { before: `Le ${day} à ${time},`, after: 'a écrit :' }
    : { before: `On ${day} at ${time}`, after: 'wrote:' }
}
