import type { RawMessage } from '../mail/message.ts'

/** A Message-ID of ours, wherever a report quotes it. */
const messageIdOfOurs = /<countersign\.[a-z0-9.-]+@/i

/**
 * Whether a fetched message is ours to keep. Only a delivery report needs the question: it names the mail it is about
 * in its body, and a report about somebody else's mail stays where it is (promise 9).
 */
export function isOursToKeep(message: RawMessage): boolean {
  if (!/^REPORT\./i.test(message.itemClass ?? '')) return true
  return messageIdOfOurs.test(Buffer.from(message.raw).toString('latin1'))
}
