import { AppError } from '../../../lib/app-error.ts'
import type { RawMessage } from '../../../mail/message.ts'
import { parseMessage, UnreadableMessage } from '../../../mail/parse-message.ts'
import type { Context } from '../../../store/context.ts'
import { loadRaw } from '../../../store/raw-messages/load-raw.ts'
import { maskReplyTokens } from '../../mask-reply-tokens.ts'

/** One octet in any character set, and a letter of tokens: what is masked stays masked when it is masked again. */
const MASK = 'x'

/**
 * The octets of a stored reply. While its action is open, or not known, the reply tokens in them are masked; where one
 * is hidden in an encoding that cannot be masked (base64), the message is not given out before the action is closed.
 * Throws `message-not-found`, `token-in-use`, and what `loadRaw` throws.
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
  const raw = await loadRaw(context.rawDirectory, row)
  if (row.actionStatus === 'decided' || row.actionStatus === 'cancelled') {
    return { octets: raw, masked: false }
  }

  const original = raw.toString('latin1')
  const octets = Buffer.from(maskReplyTokens(original, MASK), 'latin1')
  const tokens = await tokensOf(context, row.actionId)
  if (await shows({ ...row, raw: octets, transportHeaders: null }, tokens)) throw new AppError('token-in-use')
  return { octets, masked: !octets.equals(raw) }
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

/** Whether one of the tokens, or what stands where one would, can be read once the message's encodings are undone. */
async function shows(message: RawMessage, tokens: string[]): Promise<boolean> {
  try {
    const parsed = await parseMessage(message)
    // What was not read may hold one, in an encoding that nobody has undone.
    if (parsed.isCut || parsed.obstacle === 'damaged') return true
    const everything = JSON.stringify(parsed)
    // With its lines as they are, for a token may be folded.
    const readable = everything.replaceAll('\\r', '').replaceAll('\\n', '\n')
    if (readable !== maskReplyTokens(readable, MASK)) return true
    return tokens.some((token) => readable.toLowerCase().includes(token))
  } catch (error) {
    if (error instanceof UnreadableMessage) return false
    throw error
  }
}
