import { mailDocument, mailDocumentPolicy } from '../mail/mail-document.ts'
import { attachmentAnswer } from '../pages/attachment.ts'
import { mailboxPage } from '../pages/mailbox-page.ts'
import { messagePane } from '../pages/message-pane.ts'
import { paths } from '../pages/paths.ts'
import { notFoundPage } from '../pages/problem-page.ts'
import { onMessage, onReadableMessage } from './on-message.ts'

/** Opens a message in the reading pane and marks it read. */
export const showMessage = onMessage((call, opened) => {
  const { mailbox, id, stored, mail } = opened
  // Only on the first reading: marking is a change, and a change makes every open page ask again.
  if (!stored.isRead) call.backend.markRead(mailbox.address, id)
  return mailboxPage(call, {
    mailbox,
    folder: stored.folder,
    view: 'message',
    title: mail?.subject || call.words.noSubject,
    openId: id,
    pane: messagePane(call, opened),
  })
})

/** The HTML part as the document of the reading frame. */
export const showBody = onReadableMessage((call, { mailbox, mail }) => {
  if (mail.html === undefined) return notFoundPage(call)
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': mailDocumentPolicy,
      'X-DNS-Prefetch-Control': 'off',
    },
    body: mailDocument(mail.html, (mailto) => paths.compose(mailbox.address, mailto)),
  }
})

/** The raw message, octet for octet, as plain text. */
export const showSource = onMessage((_call, { stored }) => ({
  status: 200,
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  },
  body: stored.raw,
}))

export const downloadAttachment = onReadableMessage((call, { mail }) => {
  const index = Number(call.params.index)
  const attachment = mail.attachments[index]
  return attachment === undefined ? notFoundPage(call) : attachmentAnswer(attachment, index, call.words)
})
