import { wellKnownFolder } from '../../mail/mailbox.ts'
import { prepareSubmission, submit } from '../../mail/submit.ts'
import { graphErrors } from '../graph-error.ts'
import { itemOfPath } from '../ids.ts'
import type { GraphAnswer, MailboxCall } from '../request.ts'

/**
 * A draft to its recipients: https://learn.microsoft.com/graph/api/message-send
 * What has been sent is no draft any more, so a second time finds nothing, by the immutable id either.
 */
export function sendDraft({ world, mailbox, names }: MailboxCall): GraphAnswer {
  const draft = itemOfPath(mailbox, names)
  if (!draft.isDraft) throw graphErrors.itemNotFound()
  const submission = prepareSubmission(mailbox, draft.raw)
  submit(world, mailbox, { draft }, submission, wellKnownFolder(mailbox, 'sentitems'))
  return { status: 202 }
}
