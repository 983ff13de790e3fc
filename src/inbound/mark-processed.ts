import { writeTogether } from '../store/together.ts'
import { updateEach } from '../store/update-each.ts'
import type { Acted, Understood } from './understood.ts'

/** RFC 5321, 4.5.3.1: 64 octets, the at sign, 255 octets. */
const LONGEST_ADDRESS = 320
/** RFC 5322, 2.1.1: the longest line. */
const LONGEST_SUBJECT = 998

export interface Processed {
  understood: Understood
  acted: Acted
  /** The id of the message that this one is a copy of. */
  duplicateOf: string | null
  at: Date
}

/** Marks a message processed, with what was read in it, how far it was trusted and what became of it. */
export const markProcessed = writeTogether((tx, messages: readonly Processed[]) =>
  updateEach(
    tx,
    'inboundMessage',
    messages.map(({ understood, acted, duplicateOf, at }) => ({
      id: understood.row.id,
      state: 'processed' as const,
      outcome: acted.outcome,
      duplicateOf,
      requestId: acted.requestId,
      actionId: acted.actionId,
      personId: acted.personId,
      reading: understood.reading,
      readAs: understood.readAs,
      verdict: understood.verdict,
      ...envelopeOf(understood),
      error: null,
      nextAttemptAt: null,
      processedAt: at,
    })),
  ),
)

/** What lists show. A stranger wrote it: bounded, and of several authors only the first and how many there are. */
function envelopeOf({ message }: Understood) {
  const [author, ...others] = message.from
  const first = author?.address.slice(0, LONGEST_ADDRESS) ?? ''
  return {
    fromAddress: others.length > 0 ? `${first} (+${others.length})` : first,
    subject: message.subject.slice(0, LONGEST_SUBJECT),
    messageId: message.messageId?.slice(0, LONGEST_SUBJECT) ?? null,
  }
}
