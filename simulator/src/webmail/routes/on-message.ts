import type { Email } from 'postal-mime'
import type { Answer } from '../http/answer.ts'
import { parseMail } from '../mail/parse-mail.ts'
import type { OpenMessage } from '../pages/message-pane.ts'
import { notFoundPage } from '../pages/problem-page.ts'
import { inMailbox } from './in-mailbox.ts'
import type { Call, Route } from './route.ts'

/** Opens and parses the message named by `:id` first; answers 404 when it is not there. */
export function onMessage(
  answer: (call: Call, opened: OpenMessage) => Answer | Promise<Answer>,
): Route['answer'] {
  return inMailbox(async (call, mailbox) => {
    const id = call.params.id ?? ''
    const stored = call.backend.readMessage(mailbox.address, id)
    if (stored === null) return notFoundPage(call)
    const mail = await parseMail(stored.raw).catch(() => null)
    return answer(call, { mailbox, id, stored, mail })
  })
}

/** The same for what only a readable message has: one that cannot be parsed answers 404. */
export function onReadableMessage(
  answer: (call: Call, opened: OpenMessage & { mail: Email }) => Answer | Promise<Answer>,
): Route['answer'] {
  return onMessage((call, opened) =>
    opened.mail === null ? notFoundPage(call) : answer(call, { ...opened, mail: opened.mail }),
  )
}
