import { findTokens } from '../lib/reply-token.ts'
import type { ReturnedHead } from '../mail/message.ts'
import { askingKinds } from '../outbound/outbox.ts'
import type { Tx } from '../store/context.ts'
import type { KeyRing } from '../store/key-ring.ts'
import { findReplyTokens } from './find-reply-tokens.ts'

/** What went out, or may have, and has not come back before. */
const returnable = ['sending', 'unknown', 'sent'] as const

/**
 * The id of our mail that a report is about; null when it is none of ours. Whoever made the report knows our Message-ID
 * or the reply token in what came back, which stand in nothing but the mail itself. Relays that put a Message-ID of their
 * own into it (Amazon SES) leave the token, which stands for a person and an action: of several mails to them it is the
 * last.
 */
export async function findReturnedMail(
  tx: Tx,
  keys: KeyRing,
  report: { mailboxId: string; messageId: string | null; returned: ReturnedHead | null },
): Promise<string | null> {
  const ofMailbox = tx
    .selectFrom('outboundMessage')
    .select('id')
    .where('mailboxId', '=', report.mailboxId)
    .where('state', 'in', returnable)
  const byId =
    report.messageId === null
      ? undefined
      : await ofMailbox.where('messageId', '=', report.messageId).executeTakeFirst()
  if (byId !== undefined || report.returned === null) return byId?.id ?? null

  const { messageId, subject, replyTo } = report.returned
  const head = { subject, references: messageId === null ? [] : [messageId], recipients: replyTo }
  const hashes = findTokens(head).map((token) => keys.hashToken(token))
  const [asked, ...others] = await findReplyTokens(tx, { mailboxId: report.mailboxId, hashes })
  if (asked === undefined) return null
  const { actionId, personId } = asked
  if (others.some((other) => other.actionId !== actionId || other.personId !== personId)) return null
  const byToken = await ofMailbox
    .where('actionId', '=', actionId)
    .where('personId', '=', personId)
    .where('kind', 'in', askingKinds)
    .where('messageId', 'is not', null)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return byToken?.id ?? null
}
