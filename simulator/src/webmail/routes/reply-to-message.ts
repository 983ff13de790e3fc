import type { Email } from 'postal-mime'
import { type Answer, seeOther } from '../http/answer.ts'
import {
  composeReply,
  type ReplyStyleName,
  replyRecipients,
  replyStyles,
  replySubject,
} from '../mail/compose-reply.ts'
import { formatMailbox } from '../mail/parse-mail.ts'
import { mailboxPage } from '../pages/mailbox-page.ts'
import { messagePane, type OpenMessage } from '../pages/message-pane.ts'
import { paths } from '../pages/paths.ts'
import { type ReplyFields, replyForm } from '../pages/reply-form.ts'
import { onReadableMessage } from './on-message.ts'
import { readOwnForm, typedText } from './read-own-form.ts'
import { reasonOf } from './reason-of.ts'
import type { Call } from './route.ts'

type ReadableMessage = OpenMessage & { readonly mail: Email }

export const writeReply = onReadableMessage((call, opened) =>
  replyPage(call, opened, { style: 'outlook', text: '', error: null }),
)

/** Sends the reply as the owner of the mailbox; a refused one comes back with its text and the reason. */
export const sendReply = onReadableMessage(async (call, opened) => {
  const read = await readOwnForm(call)
  if ('refusal' in read) return read.refusal
  const { mailbox, stored } = opened
  const style = replyStyles.find((known) => known === read.form.get('style')) ?? 'outlook'
  const text = typedText(read.form, 'text')
  try {
    const reply = await composeReply({
      original: stored.raw,
      from: { name: mailbox.displayName, address: mailbox.address },
      text,
      style,
      // The owner's mail client speaks the owner's language, whatever the reader of this page prefers.
      locale: mailbox.locale.toLowerCase().startsWith('fr') ? 'fr' : 'en',
      date: call.now(),
    })
    await call.backend.submit(mailbox.address, reply)
  } catch (error) {
    return replyPage(call, opened, { style, text, error: call.words.refused(reasonOf(error)) })
  }
  return seeOther(`${paths.folder(mailbox.address, stored.folder)}?sent`)
})

function replyPage(
  call: Call,
  opened: ReadableMessage,
  written: { style: ReplyStyleName; text: string; error: string | null },
): Answer {
  const { mailbox, id, stored, mail } = opened
  const fields: ReplyFields = {
    to: replyRecipients(mail).map(formatMailbox).join(', '),
    subject: replySubject(mail, written.style),
    ...written,
  }
  return mailboxPage(call, {
    mailbox,
    folder: stored.folder,
    view: 'message',
    title: fields.subject,
    openId: id,
    pane: messagePane(call, opened, replyForm(call, mailbox.address, id, fields)),
    status: written.error === null ? 200 : 422,
  })
}
