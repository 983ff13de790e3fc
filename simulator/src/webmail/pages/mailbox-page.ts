import type { WebmailMailbox, WebmailSummary } from '../backend.ts'
import type { Answer } from '../http/answer.ts'
import type { Words } from '../words/english.ts'
import { countUnread, inbox } from './count-unread.ts'
import { html, type Markup } from './markup.ts'
import { type Notation, notationFor } from './notation.ts'
import { page } from './page.ts'
import { paths } from './paths.ts'
import type { Visit } from './visit.ts'

/** More lines than anybody scrolls; a benchmark's thousands must not become one page. */
const maxListed = 200

/** What stands beside the folders: `view` says which pane a narrow screen shows alone. */
export type MailboxView = {
  readonly mailbox: WebmailMailbox
  readonly folder: string
  readonly view: 'list' | 'message' | 'compose'
  readonly title?: string
  readonly openId?: string
  readonly pane: Markup
  readonly status?: number
}

/** The webmail of one mailbox: folders, the list of a folder, and the reading or writing pane. */
export function mailboxPage(visit: Visit, shown: MailboxView): Answer {
  const { words, backend, query } = visit
  const { mailbox, folder, view, pane, status = 200 } = shown
  const unread = countUnread(backend, mailbox.address)
  const folderName = words.folders[folder] ?? folder
  const title = shown.title ?? (folder === inbox && unread > 0 ? `(${unread}) ${folderName}` : folderName)
  const { address } = mailbox
  // A narrow screen shows one of the two alone: that is the main one, where skipping leads to.
  const asMain = { tag: 'main', target: html`id="main" tabindex="-1"` }
  const asAside = { tag: 'section', target: null }
  const [list, side] = view === 'list' ? [asMain, asAside] : [asAside, asMain]
  return page(visit, {
    title: `${title} · ${mailbox.displayName}`,
    status,
    switcher: mailboxSwitcher(visit, mailbox),
    main: html`<div class="mailbox" data-view="${view}">
  <nav class="folders" aria-label="${words.foldersLabel}">
    <a class="button primary" href="${paths.compose(address)}">${words.newMessage}</a>
    <ul id="folders" data-live>${backend.listFolders(address).map((name) => folderLink(visit, address, name, name === folder))}</ul>
  </nav>
  <${list.tag} class="list" ${list.target} aria-label="${words.messagesLabel}">
    ${view === 'list' ? html`<h1>${folderName}</h1>` : html`<h2>${folderName}</h2>`}
    ${query.has('sent') && html`<p class="notice" role="status">${words.sent}</p>`}
    <div id="messages" data-live>${messageList(visit, shown)}</div>
  </${list.tag}>
  <${side.tag} class="pane" ${side.target ?? html`aria-label="${words.message}"`}>
    ${view !== 'list' && html`<a class="back" href="${paths.folder(address, folder)}">${words.back}</a>`}
    ${pane}
  </${side.tag}>
</div>
<p class="visually-hidden" role="status" id="unread" data-live>${words.unread(unread)}</p>`,
  })
}

function mailboxSwitcher({ words, backend }: Visit, current: WebmailMailbox): Markup {
  const others = backend.listMailboxes().map(({ address, displayName }) => {
    const unread = countUnread(backend, address)
    const isCurrent = address === current.address
    return html`<li><a href="${paths.mailbox(address)}" ${isCurrent && html`aria-current="true"`}>
      <span class="who"><bdi class="name">${displayName}</bdi> <bdi class="address">${address}</bdi></span>
      ${unread > 0 && html`<span class="count">${words.unread(unread)}</span>`}</a></li>`
  })
  return html`<details class="switcher">
    <summary><span class="visually-hidden">${words.switchMailbox}</span> <bdi>${current.displayName}</bdi></summary>
    <ul id="mailboxes" data-live>${others}</ul>
  </details>`
}

function folderLink({ words, backend }: Visit, address: string, name: string, isCurrent: boolean): Markup {
  const unread = name === inbox ? countUnread(backend, address) : 0
  return html`<li><a href="${paths.folder(address, name)}" ${isCurrent && html`aria-current="page"`}>
    <span>${words.folders[name] ?? name}</span>
    ${unread > 0 && html`<span class="count"><span class="visually-hidden">${words.unread(unread)}</span><span aria-hidden="true">${unread}</span></span>`}</a></li>`
}

function messageList(visit: Visit, shown: MailboxView): Markup {
  const { words, language, backend } = visit
  const messages = backend.listMessages(shown.mailbox.address, shown.folder)
  if (messages.length === 0) return html`<p class="empty">${words.emptyFolder}</p>`
  const notation = notationFor(language, shown.mailbox.locale)
  const rows = messages.slice(0, maxListed).map((message) => messageRow(words, notation, shown, message))
  const hidden = messages.length - rows.length
  return html`<ul>${rows}</ul>${hidden > 0 && html`<p class="empty">${words.olderHidden(hidden)}</p>`}`
}

function messageRow(
  words: Words,
  notation: Notation,
  { mailbox, folder, openId }: MailboxView,
  message: WebmailSummary,
): Markup {
  const isOpen = message.id === openId
  const isOutgoing = folder === 'Sent Items' || folder === 'Drafts' || folder === 'Outbox'
  const correspondent = isOutgoing ? words.toLine(message.to) : message.from
  return html`<li><a class="row ${!message.isRead && 'unread'}" href="${paths.message(mailbox.address, message.id)}" ${isOpen && html`aria-current="true"`}>
    <span class="row-line">
      ${!message.isRead && html`<span class="visually-hidden">${words.unreadMark}</span>`}
      <bdi class="row-text">${correspondent}</bdi>
      <time class="row-date" datetime="${message.receivedAt.toISOString()}" title="${notation.fullDate(message.receivedAt)}">${notation.shortDate(message.receivedAt)}</time>
    </span>
    <bdi class="row-text row-subject">${message.subject || words.noSubject}</bdi></a></li>`
}
