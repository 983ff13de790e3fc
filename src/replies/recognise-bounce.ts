import type { ParsedMessage } from '../mail/message.ts'
import { headerOf } from './header-of.ts'
import type { ReplyReading } from './reading.ts'

/**
 * A message that could not be delivered: a failed delivery status (RFC 3464), Exchange's item class for one, or, where
 * an old mailer writes prose only, a null return path (RFC 5321 section 4.5.5) from the mailer itself. A report of
 * delay or success is no bounce. Null when it is none.
 */
export function recogniseBounce(message: ParsedMessage): ReplyReading['bounce'] {
  const { deliveryReport, itemClass, from, inReplyTo, references } = message
  const answered = references.at(-1) ?? inReplyTo
  if (deliveryReport !== null) {
    const { action, status, originalMessageId } = deliveryReport
    return action === 'failed' ? { messageId: originalMessageId ?? answered, status } : null
  }
  const isMailer = from.some(({ address }) => /^(mailer-daemon|postmaster)@/i.test(address))
  const isNullSender = /^<\s*>$/.test(headerOf(message, 'return-path') ?? '')
  const isReport = /^REPORT\.IPM\.Note\.NDR$/i.test(itemClass ?? '')
  return isReport || (isMailer && isNullSender) ? { messageId: answered, status: null } : null
}
