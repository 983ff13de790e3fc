import type { Kysely, Selectable } from 'kysely'
import type { Sendable } from '../mail/mailbox.ts'
import type { Database, OutboundMessageTable } from '../store/schema.ts'
import { composeMail } from './compose/compose-mail.ts'
import type { MailModel } from './compose/mail-model.ts'
import { toMime } from './compose/to-mime.ts'
import { loadEnclosures } from './enclosures.ts'
import { messageIdOf } from './message-id-of.ts'

/** A mail as octets, and its text part. */
export type PreparedMail = Sendable & { text: string }

/**
 * The mail as octets. A repeat after an unknown outcome keeps the Message-ID of the first attempt, which is what the
 * mailbox is asked for.
 */
export async function prepareMail(
  db: Kysely<Database>,
  row: Selectable<OutboundMessageTable>,
  model: MailModel,
  now: Date,
): Promise<PreparedMail> {
  const mail = composeMail(model)
  const messageId = messageIdOf(row, {
    token: 'token' in model ? model.token : null,
    instance: model.instance,
    address: model.mailbox.address,
  })
  const takesFiles =
    model.kind === 'approval' && model.attachments.files.length > 0 && model.attachments.enclosed
  const enclosures = takesFiles ? await loadEnclosures(db, model.request.number) : []
  const sendable = await toMime(mail, { messageId, date: row.sendingSince ?? now }, enclosures)
  return { ...sendable, text: mail.text }
}
