import { seeOther } from '../http/answer.ts'
import { inbox } from '../pages/count-unread.ts'
import { mailboxPage } from '../pages/mailbox-page.ts'
import { html } from '../pages/markup.ts'
import { paths } from '../pages/paths.ts'
import { notFoundPage } from '../pages/problem-page.ts'
import { inMailbox } from './in-mailbox.ts'

/** A mailbox opens at its Inbox. */
export const openMailbox = inMailbox((_call, { address }) => seeOther(paths.folder(address, inbox)))

/** The list of a folder, with nothing opened yet. */
export const showFolder = inMailbox((call, mailbox) => {
  const folder = call.params.folder ?? ''
  if (!call.backend.listFolders(mailbox.address).includes(folder)) return notFoundPage(call)
  const pane = html`<p class="empty">${call.words.pickMessage}</p>`
  return mailboxPage(call, { mailbox, folder, view: 'list', pane })
})
