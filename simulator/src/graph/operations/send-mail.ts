import { check, isBoolean, isObject } from '../../check-json.ts'
import type { ItemContent } from '../../mail/folder.ts'
import { wellKnownFolder } from '../../mail/mailbox.ts'
import { prepareSubmission, submit } from '../../mail/submit.ts'
import { readJson } from '../read-json.ts'
import { readMessage } from '../read-message.ts'
import { isMime, readMime } from '../read-mime.ts'
import type { GraphAnswer, MailboxCall } from '../request.ts'

/** https://learn.microsoft.com/graph/api/user-sendmail: the answer means accepted, and gives no id. */
export function sendMail(call: MailboxCall): GraphAnswer {
  const { world, mailbox } = call
  const { content, savesCopy } = readSending(call)
  const submission = prepareSubmission(mailbox, content.raw)
  const saveTo = savesCopy ? wellKnownFolder(mailbox, 'sentitems') : null
  submit(world, mailbox, { content }, submission, saveTo)
  return { status: 202 }
}

/** A message in MIME always leaves its copy in Sent Items. */
function readSending(call: MailboxCall): { content: ItemContent; savesCopy: boolean } {
  if (isMime(call.request)) return { content: { raw: readMime(call) }, savesCopy: true }
  const checks = { message: isObject, saveToSentItems: isBoolean }
  const { message, saveToSentItems = true } = check(readJson(call.request), checks, ['message'])
  return { content: readMessage(call.mailbox, message), savesCopy: saveToSentItems === true }
}
