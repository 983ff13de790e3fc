import { namesMailOf } from '../lib/reply-token.ts'
import type { RawMessage } from '../mail/message.ts'

/**
 * Whether a fetched message is ours to keep. Only a delivery report needs the question: it names the mail it is about
 * in its body, and a report about somebody else's mail, be it that of a copy of this installation, stays where it is
 * (promise 9).
 */
export function isOursToKeep(message: RawMessage, instance: string): boolean {
  if (!/^REPORT\./i.test(message.itemClass ?? '')) return true
  return namesMailOf(instance, Buffer.from(message.raw).toString('latin1'))
}
