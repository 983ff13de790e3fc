import type { Sendable, SendOutcome } from '../mailbox.ts'
import { callInBatches } from './call-in-batches.ts'
import { type MailboxParts, troubleOfMailbox } from './mailbox-parts.ts'
import { createItem } from './operations/create-item.ts'

/**
 * Sends messages. One outcome per message, in order. When a call was cut or timed out after it was written, Exchange
 * may have sent what was in it: those outcomes are `unknown`, never `failed`, and such a batch is not tried again.
 */
export async function send(
  messages: Sendable[],
  { client, sizes }: MailboxParts,
  signal: AbortSignal,
): Promise<SendOutcome[]> {
  const options = {
    size: sizes.sent,
    sizeOf: ({ mime }: Sendable) => mime.length,
    repeatable: false,
    troubleOfMailbox: () => troubleOfMailbox(client, signal),
  }
  const { outcomes } = await callInBatches(messages, options, (batch) =>
    client.call(createItem(batch.map(({ mime }) => mime)), signal),
  )
  return messages.map(({ messageId }, index): SendOutcome => {
    const error = outcomes[index]?.error ?? null
    if (error === null) return { messageId, outcome: 'sent', providerId: null }
    return { messageId, outcome: error.mayHaveHappened ? 'unknown' : 'failed', error }
  })
}
