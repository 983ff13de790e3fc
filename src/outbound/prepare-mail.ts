import type { Selectable } from 'kysely'
import { buildMessageId } from '../lib/reply-token.ts'
import type { Sendable } from '../mail/mailbox.ts'
import type { Context } from '../store/context.ts'
import type { OutboundMessageTable } from '../store/schema.ts'
import { buildModel } from './build-model.ts'
import { composeMail } from './compose/compose-mail.ts'
import { toMime } from './compose/to-mime.ts'

/** A mail as octets, and its text part. */
export type PreparedMail = Sendable & { text: string }

/**
 * The mail as octets. A repeat after an unknown outcome keeps the Message-ID of the first attempt, which is what the
 * mailbox is asked for.
 */
export async function prepareMail(
  context: Context,
  row: Selectable<OutboundMessageTable>,
): Promise<PreparedMail> {
  const model = await buildModel(context, row)
  const mail = composeMail(model)
  const domain = model.mailbox.address.slice(model.mailbox.address.lastIndexOf('@') + 1)
  const messageId =
    row.messageId ?? buildMessageId({ token: 'token' in model ? model.token : null, unique: row.id, domain })
  const redirected = await redirectTo(context, row)
  const sendable = await toMime(
    redirected === null ? mail : { ...mail, to: { name: mail.to.name, address: redirected } },
    { messageId, date: row.sendingSince ?? context.clock() },
  )
  return { ...sendable, text: mail.text }
}

/** In test mode all mail goes to one address. */
async function redirectTo(context: Context, row: Selectable<OutboundMessageTable>): Promise<string | null> {
  const { settings } = await context.db
    .selectFrom('mailbox')
    .select('settings')
    .where('id', '=', row.mailboxId)
    .executeTakeFirstOrThrow()
  return settings.redirectAllTo
}
