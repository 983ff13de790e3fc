import { AppError } from '../lib/app-error.ts'
import type { MailAddress, ParsedMessage } from '../mail/message.ts'
import { parseMessage, UnreadableMessage } from '../mail/parse-message.ts'
import { readReply } from '../replies/read-reply.ts'
import type { ReadContext, ReplyReading } from '../replies/reading.ts'

export interface Inspection {
  message: {
    from: MailAddress[]
    to: MailAddress[]
    subject: string
    /** ISO 8601; the sender's clock. */
    date: string | null
    messageId: string | null
    /** Names of the attachments; null for one without. */
    attachments: (string | null)[]
  }
  reading: ReplyReading
}

/**
 * What would be read in a message, without a mailbox, a database or a request: nothing is judged, stored or decided.
 * Throws `message-unreadable`.
 */
export async function inspect(raw: Uint8Array, context: ReadContext): Promise<Inspection> {
  const message = await parseFile(raw)
  return { message: headOf(message), reading: readReply(message, context) }
}

/** What is shown of a message beside what is read in it. */
export function headOf(message: ParsedMessage): Inspection['message'] {
  const { from, to, subject, date, messageId, attachments } = message
  return {
    from,
    to,
    subject,
    date: date?.toISOString() ?? null,
    messageId,
    attachments: attachments.map(({ filename }) => filename),
  }
}

/** A file is a message that no mailbox has touched. Throws `message-unreadable`. */
export async function parseFile(raw: Uint8Array): Promise<ParsedMessage> {
  try {
    return await parseMessage({
      providerId: '',
      folder: 'inbox',
      receivedAt: new Date(0),
      raw,
      originalOctets: true,
      transportHeaders: null,
      itemClass: null,
    })
  } catch (error) {
    if (!(error instanceof UnreadableMessage)) throw error
    throw new AppError('message-unreadable', { reason: error.message }, { cause: error })
  }
}
