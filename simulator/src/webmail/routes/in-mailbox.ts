import type { WebmailMailbox } from '../backend.ts'
import type { Answer } from '../http/answer.ts'
import { notFoundPage } from '../pages/problem-page.ts'
import type { Call, Route } from './route.ts'

/** Finds the mailbox named by `:address` first; answers 404 when there is none. */
export function inMailbox(
  answer: (call: Call, mailbox: WebmailMailbox) => Answer | Promise<Answer>,
): Route['answer'] {
  return (call) => {
    const wanted = call.params.address?.toLowerCase()
    const mailbox = call.backend.listMailboxes().find(({ address }) => address.toLowerCase() === wanted)
    return mailbox === undefined ? notFoundPage(call) : answer(call, mailbox)
  }
}
