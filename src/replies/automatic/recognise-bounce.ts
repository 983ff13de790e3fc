import type { ParsedMessage } from '../../mail/message.ts'
import { bodyTexts } from '../bodies/body-texts.ts'
import { headerOf } from '../header-of.ts'
import type { ReplyReading } from '../reading.ts'
import { isFromMailer } from './is-from-mailer.ts'

/** A server's words; what is longer is a transcript. */
const longestDiagnostic = 500

/** What mailers write while they go on trying: Exim, sendmail, Postfix, Gmail. A subject may be the title of ours. */
const stillTryingSubject =
  /^(?:(?:warning|delayed|delivery delayed)\b|delivery status notification \(delay\))/i
const stillTrying =
  /not yet been delivered|still being retried|will be retried|warning message only|delivery attempts will continue/i

/**
 * A message that could not be delivered: a failed delivery status (RFC 3464), what Exchange marks as one, or the prose of
 * a mailer (Exim, qmail, sendmail, Notes), known by its sender and by what it returns. A report of delay or success is
 * no bounce. Null when it is none.
 *
 * Whose mail came back is only ever told by a Message-ID: that of the returned message, else that which is answered.
 */
export function recogniseBounce(message: ParsedMessage): ReplyReading['bounce'] {
  const { deliveryReport, inReplyTo, references } = message
  const answered = references.at(-1) ?? inReplyTo
  if (deliveryReport !== null) {
    const { action, status, diagnostic, originalMessageId } = deliveryReport
    return action === 'failed' ? { messageId: originalMessageId ?? answered, status, diagnostic } : null
  }
  const isMarked =
    /^REPORT\.IPM\.Note\.NDR$/i.test(message.itemClass ?? '') ||
    headerOf(message, 'x-ms-exchange-message-is-ndr') !== null
  if (!isMarked && !isFromMailer(message)) return null

  const text = bodyTexts(message)[0]?.text ?? ''
  const { said, returnedId } = splitReturned(text)
  if (!isMarked && !returnsMail(message, returnedId)) return null
  if (stillTryingSubject.test(message.subject) || stillTrying.test(said)) return null
  return { messageId: returnedId ?? answered, ...whatServerSaid(said) }
}

/** A postmaster may be a person: the null return path (RFC 5321 section 4.5.5) or the mail that comes back says no. */
function returnsMail(message: ParsedMessage, returnedId: string | null): boolean {
  return (
    returnedId !== null ||
    message.from.some(({ address }) => /daemon@/i.test(address)) ||
    /^<\s*>$/.test(headerOf(message, 'return-path') ?? '') ||
    headerOf(message, 'x-failed-recipients') !== null
  )
}

/** The mailer's own words, and the Message-ID in the head of the message that stands below them. */
function splitReturned(text: string): { said: string; returnedId: string | null } {
  const found = /^[> \t]{0,8}message-id:\s{0,80}(<[^<>\s]{1,998}>)/im.exec(text)
  if (found === null) return { said: text, returnedId: null }
  const above = text.slice(0, found.index)
  const headStart = above.search(/^[> \t]{0,8}(return-path|received|from|to|subject|date):/im)
  return { said: headStart === -1 ? above : above.slice(0, headStart), returnedId: found[1] ?? null }
}

/** The line with the server's reply (RFC 5321 section 4.2), and the status in it: `550 5.1.1 …`, qmail's `(#5.1.1)`. */
function whatServerSaid(said: string): { status: string | null; diagnostic: string | null } {
  const reply = /(?:(?<![\d.])[45]\d\d[ -]|#)([45]\.\d{1,3}\.\d{1,3})?(?![\d.])/
  const lines = said.split('\n').filter((line) => reply.test(line))
  const line = lines.find((line) => reply.exec(line)?.[1] !== undefined) ?? lines[0]
  return {
    status: reply.exec(line ?? '')?.[1] ?? null,
    diagnostic: line?.replace(/\s+/g, ' ').trim().slice(0, longestDiagnostic).toWellFormed() ?? null,
  }
}
