import type { Email, Mailbox } from 'postal-mime'
import type { WebmailMailbox, WebmailMessage } from '../backend.ts'
import { mailFrameSandbox } from '../mail/mail-document.ts'
import { flattenAddresses, formatMailbox } from '../mail/parse-mail.ts'
import { attachmentName, attachmentOctets } from './attachment.ts'
import { html, type Markup } from './markup.ts'
import { notationFor } from './notation.ts'
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
export function messagePane({ words }: Visit, opened: OpenMessage, reply: Markup | null = null): Markup {
  const { mailbox, id, stored, mail } = opened
  const path = paths.message(mailbox.address, id)
  const notation = notationFor(mailbox.locale)
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
  ${mailText(opened, mail, words.mailBody, words.emptyBody)}
  ${mail.attachments.length > 0 && attachmentList(opened, mail, words)}
</article>`
}

function mailboxNames(mailboxes: readonly Mailbox[]): Markup {
  return html`${mailboxes.map((mailbox, index) => html`${index > 0 && ', '}<bdi>${formatMailbox(mailbox)}</bdi>`)}`
}

function mailText({ mailbox, id }: OpenMessage, mail: Email, label: string, emptyText: string): Markup {
  if (mail.html !== undefined) {
    const source = `${paths.message(mailbox.address, id)}/body`
    return html`<iframe class="mail" title="${label}" src="${source}" sandbox="${mailFrameSandbox}"></iframe>`
  }
  const text = mail.text?.trimEnd() ?? ''
  return text === '' ? html`<p class="empty">${emptyText}</p>` : html`<pre class="mail">${text}</pre>`
}

function attachmentList({ mailbox, id }: OpenMessage, mail: Email, words: Visit['words']): Markup {
  const notation = notationFor(mailbox.locale)
  const items = mail.attachments.map(
    (
      attachment,
      index,
    ) => html`<li><a download href="${paths.message(mailbox.address, id)}/attachments/${index}"><bdi>${attachmentName(attachment, index, words)}</bdi></a>
    <span class="quiet">${notation.size(attachmentOctets(attachment).length)}</span></li>`,
  )
  return html`<section class="attachments"><h2>${words.attachments}</h2><ul>${items}</ul></section>`
}
