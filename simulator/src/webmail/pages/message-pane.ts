import type { Email, Mailbox } from 'postal-mime'
import type { WebmailMailbox, WebmailMessage } from '../backend.ts'
import { mailFrameSandbox } from '../mail/mail-document.ts'
import { flattenAddresses, formatMailbox } from '../mail/parse-mail.ts'
import type { Words } from '../words/english.ts'
import { attachmentName, attachmentOctets } from './attachment.ts'
import { html, type Markup } from './markup.ts'
import { type Notation, notationFor } from './notation.ts'
import { paths } from './paths.ts'
import type { Visit } from './visit.ts'

/** A message that was opened; `mail` is null when its octets cannot be parsed. */
export type OpenMessage = {
  readonly mailbox: WebmailMailbox
  readonly id: string
  readonly stored: WebmailMessage
  readonly mail: Email | null
}

/** The reading pane: subject, who, when, the text, the attachments. `reply` is null or the form to write a reply in. */
export function messagePane(visit: Visit, opened: OpenMessage, reply: Markup | null = null): Markup {
  const { words } = visit
  const { mailbox, id, stored, mail } = opened
  const path = paths.message(mailbox.address, id)
  const notation = notationFor(visit.language, mailbox.locale)
  if (mail === null) {
    return html`<p class="alert" role="alert">${words.unreadable}</p>
<p class="actions"><a class="button" href="${path}/source">${words.viewSource}</a></p>`
  }
  const cc = flattenAddresses(mail.cc)
  return html`<article>
  <header class="letterhead">
    <h1><bdi>${mail.subject || words.noSubject}</bdi></h1>
    <dl>
      <dt>${words.from}</dt><dd>${mailboxNames(flattenAddresses(mail.from && [mail.from]))}</dd>
      <dt>${words.to}</dt><dd>${mailboxNames(flattenAddresses(mail.to))}</dd>
      ${cc.length > 0 && html`<dt>${words.cc}</dt><dd>${mailboxNames(cc)}</dd>`}
      <dt>${words.date}</dt><dd><time datetime="${stored.receivedAt.toISOString()}">${notation.fullDate(stored.receivedAt)}</time></dd>
    </dl>
    <p class="actions">
      ${reply === null && html`<a class="button primary" href="${path}/reply">${words.reply}</a>`}
      <a class="button" href="${path}/source">${words.viewSource}</a>
    </p>
  </header>
  ${reply}
  ${mailText(words, path, mail)}
  ${mail.attachments.length > 0 && attachmentList(words, notation, path, mail)}
</article>`
}

function mailboxNames(mailboxes: readonly Mailbox[]): Markup {
  return html`${mailboxes.map((mailbox, index) => html`${index > 0 && ', '}<bdi>${formatMailbox(mailbox)}</bdi>`)}`
}

function mailText(words: Words, path: string, { html: document, text = '' }: Email): Markup {
  if (document !== undefined) {
    return html`<iframe class="mail" title="${words.mailBody}" src="${path}/body" sandbox="${mailFrameSandbox}"></iframe>`
  }
  const shown = text.trimEnd()
  return shown === '' ? html`<p class="empty">${words.emptyBody}</p>` : html`<pre class="mail">${shown}</pre>`
}

function attachmentList(words: Words, notation: Notation, path: string, { attachments }: Email): Markup {
  const items = attachments.map((attachment, index) => {
    const name = attachmentName(attachment, index, words)
    return html`<li class="attachment"><a download href="${path}/attachments/${index}"><bdi>${name}</bdi></a>
      <span class="quiet">${notation.size(attachmentOctets(attachment).length)}</span></li>`
  })
  return html`<section class="attachments"><h2>${words.attachments}</h2><ul>${items}</ul></section>`
}
