import { AppError } from '../../../lib/app-error.ts'
import { parseMessage, UnreadableMessage } from '../../../mail/parse-message.ts'
import type { Context } from '../../../store/context.ts'
import { maskReplyTokens } from '../../mask-reply-tokens.ts'

/**
 * The octets of a stored reply. While its action is open the reply tokens in them are masked; where one is hidden in an
 * encoding that cannot be masked (base64), the message is not given out before the action is closed.
 * Throws `message-not-found`, `token-in-use`.
 */
export async function loadRawMessage(
  context: Context,
  id: string,
): Promise<{ octets: Buffer; masked: boolean }> {
  const row = await context.db
    .selectFrom('inboundMessage')
    .leftJoin('action', 'action.id', 'inboundMessage.actionId')
    .selectAll('inboundMessage')
    .select('action.status as actionStatus')
    .where('inboundMessage.id', '=', id)
    .executeTakeFirst()
  if (!row) throw new AppError('message-not-found', { message: id })
  if (row.actionStatus === 'decided' || row.actionStatus === 'cancelled') {
    return { octets: row.raw, masked: false }
  }

  const original = row.raw.toString('latin1')
  const octets = Buffer.from(maskReplyTokens(original, 'x'), 'latin1')
  const tokens = await tokensOf(context, row.actionId)
  if (await shows({ ...row, raw: octets, transportHeaders: null }, tokens)) throw new AppError('token-in-use')
  return { octets, masked: !octets.equals(row.raw) }
}

async function tokensOf(context: Context, actionId: string | null): Promise<string[]> {
  if (actionId === null) return []
  const rows = await context.db
    .selectFrom('replyToken')
    .select(['nonce', 'keyId'])
    .where('actionId', '=', actionId)
    .execute()
  return rows.map(({ nonce, keyId }) => context.keys.replyToken(nonce, keyId))
}

/** Whether one of the tokens can be read in the message once its encodings are undone. */
async function shows(message: Parameters<typeof parseMessage>[0], tokens: string[]): Promise<boolean> {
  if (tokens.length === 0) return false
  try {
    const readable = JSON.stringify(await parseMessage(message)).toLowerCase()
    return tokens.some((token) => readable.includes(token))
  } catch (error) {
    if (error instanceof UnreadableMessage) return false
    throw error
  }
}
