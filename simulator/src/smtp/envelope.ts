import { MESSAGE_SIZE_LIMIT, RECIPIENT_LIMIT } from '../mail/submit.ts'
import { replies } from './replies.ts'
import type { SmtpSession } from './session.ts'

/** `MAIL FROM:<address> PARAMETERS` and `RCPT TO:<address> PARAMETERS` (RFC 5321, section 4.1.1). */
const PATH = /^(?:FROM|TO): ?<([^<>\s]*)>((?: [A-Za-z0-9-]+(?:=[^ =]+)?)*)$/i

/** Opens a transaction; the sender has to be an address of the mailbox. */
export function mailFrom(session: SmtpSession, args: string): string {
  const { mailbox, transaction, connection, needsTls } = session
  if (needsTls && !connection.isSecure()) return replies.needsTls
  if (!mailbox) return replies.needsLogin
  if (transaction) return replies.badSequence
  const [matched, sender = '', parameters = ''] = PATH.exec(args) ?? []
  if (matched === undefined || !/^FROM/i.test(args)) return replies.badArguments
  const size = Number(/ SIZE=(\d{1,15})(?= |$)/i.exec(parameters)?.[1] ?? 0)
  if (size > MESSAGE_SIZE_LIMIT) return replies.tooLarge
  if (![mailbox.address, ...mailbox.aliases].includes(sender.toLowerCase())) return replies.notSender
  session.transaction = { sender, recipients: [], chunks: [] }
  return '250 2.1.0 Sender OK'
}

/** Who is unknown is found out later, and told in a non-delivery report. */
export function rcptTo(session: SmtpSession, args: string): string {
  const { mailbox, transaction } = session
  if (!mailbox) return replies.needsLogin
  if (!transaction) return replies.badSequence
  const [matched, recipient = ''] = PATH.exec(args) ?? []
  if (matched === undefined || !/^TO/i.test(args)) return replies.badArguments
  if (!/^[^@]+@[^@]+$/.test(recipient)) return replies.badAddress
  if (transaction.recipients.length >= RECIPIENT_LIMIT) return replies.tooManyRecipients
  transaction.recipients.push(recipient)
  return '250 2.1.5 Recipient OK'
}
