import type { Answer } from '../http/answer.ts'
import { countUnread } from './count-unread.ts'
import { html } from './markup.ts'
import { page } from './page.ts'
import { paths } from './paths.ts'
import type { Visit } from './visit.ts'

/** The first page a newcomer sees: what this is, and whose mailbox to open. */
export function startPage(visit: Visit): Answer {
  const { backend, words } = visit
  const mailboxes = backend.listMailboxes().map(({ address, displayName }) => {
    const unread = countUnread(backend, address)
    return html`<li><a class="person" href="${paths.mailbox(address)}">
      <span class="who"><bdi class="name">${displayName}</bdi> <bdi class="address">${address}</bdi></span>
      <span class="${unread > 0 ? 'count' : 'quiet'}">${words.unread(unread)}</span></a></li>`
  })
  return page(visit, {
    title: words.title,
    main: html`<main id="main" class="start">
  <h1>${words.welcome}</h1>
  <p class="introduction">${words.introduction}</p>
  <h2>${words.mailboxes}</h2>
  ${mailboxes.length === 0 ? html`<p class="quiet">${words.noMailboxes}</p>` : html`<ul class="people" id="people" data-live>${mailboxes}</ul>`}
</main>`,
  })
}
