import type { WebmailMailbox } from '../backend.ts'
import { type Answer, seeOther } from '../http/answer.ts'
import { composeMessage } from '../mail/compose-message.ts'
import { parseMailto } from '../mail/parse-mailto.ts'
import { type ComposeFields, composeForm } from '../pages/compose-form.ts'
import { inbox } from '../pages/count-unread.ts'
import { mailboxPage } from '../pages/mailbox-page.ts'
import { paths } from '../pages/paths.ts'
import { inMailbox } from './in-mailbox.ts'
import { readOwnForm, typedText } from './read-own-form.ts'
import { reasonOf } from './reason-of.ts'
import type { Call } from './route.ts'

/** A new message, prefilled when a mailto link led here. */
export const writeMessage = inMailbox((call, mailbox) => {
  const { body, ...fields } = parseMailto(call.query.get('mailto') ?? '')
  return composePage(call, mailbox, { ...fields, text: body, error: null })
})

/** Sends the message as the owner of the mailbox; a refused one comes back as typed, with the reason. */
export const sendMessage = inMailbox(async (call, mailbox) => {
  const read = await readOwnForm(call)
  if ('refusal' in read) return read.refusal
  const typed = {
    to: typedText(read.form, 'to').trim(),
    cc: typedText(read.form, 'cc').trim(),
    subject: typedText(read.form, 'subject'),
    text: typedText(read.form, 'text'),
  }
  if (!typed.to.includes('@')) return composePage(call, mailbox, { ...typed, error: call.words.noRecipient })
  const from = { name: mailbox.displayName, address: mailbox.address }
  try {
    await call.backend.submit(mailbox.address, await composeMessage({ from, ...typed, date: call.now() }))
  } catch (error) {
    return composePage(call, mailbox, { ...typed, error: call.words.refused(reasonOf(error)) })
  }
  return seeOther(`${paths.folder(mailbox.address, inbox)}?sent`)
})

function composePage(call: Call, mailbox: WebmailMailbox, fields: ComposeFields): Answer {
  return mailboxPage(call, {
    mailbox,
    folder: inbox,
    view: 'compose',
    title: call.words.newMessage,
    pane: composeForm(call, mailbox.address, fields),
    status: fields.error === null ? 200 : 422,
  })
}
