import { namesMailOf, tokensIn } from '../lib/reply-token.ts'
import type { RawMessage } from '../mail/message.ts'
import type { Context } from '../store/context.ts'
import { findReplyTokens } from './find-reply-tokens.ts'

/** Two of them in one report are many; a hostile one could hold a million. */
const MOST_TOKENS = 100

/**
 * Those of the fetched messages that are ours to keep. Only a delivery report needs the question: it names the mail it is
 * about in its body, by our Message-ID, or by a reply token where a relay has put in an id of its own. A report about
 * somebody else's mail, be it that of a copy of this installation, stays where it is (promise 9).
 */
export async function keepOurs(
  context: Context,
  mailbox: { id: string; settings: { instance: string } },
  messages: RawMessage[],
): Promise<RawMessage[]> {
  const kept: RawMessage[] = []
  for (const message of messages) {
    if (await isOurs(context, mailbox, message)) kept.push(message)
  }
  return kept
}

async function isOurs(
  context: Context,
  mailbox: { id: string; settings: { instance: string } },
  { itemClass, raw }: RawMessage,
): Promise<boolean> {
  if (!/^REPORT\./i.test(itemClass ?? '')) return true
  const text = Buffer.from(raw).toString('latin1')
  if (namesMailOf(mailbox.settings.instance, text)) return true
  const hashes = tokensIn(text, MOST_TOKENS).map((token) => context.keys.hashToken(token))
  const known = await findReplyTokens(context.db, { mailboxId: mailbox.id, hashes })
  return known.length > 0
}
