import { buildReplyAddress, buildSubjectTag } from '../../lib/reply-token.ts'
import type { ToAssignee } from './mail-model.ts'

/** Where an answer to the mail goes, and the tag in its subject: both carry the reply token. */
export function answerPlace(model: ToAssignee): { replyTo: string; tag: string } {
  const { mailbox, token } = model
  return {
    replyTo: mailbox.plusAddressing ? buildReplyAddress(mailbox.replyTo, token) : mailbox.replyTo,
    tag: buildSubjectTag({ request: model.request.number, action: model.action.number, token }),
  }
}
