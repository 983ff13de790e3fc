import type { Log } from '../../lib/log.ts'
import { isAboutOneMessage, MailError } from '../errors.ts'
import type { Sendable, SendOutcome } from '../mailbox.ts'
import { envelopeOf } from './envelope.ts'
import type { SmtpConnection } from './smtp-connection.ts'

/** Exchange takes three connections of a mailbox at a time (reference, 5.1). */
const connections = 3

export interface SendParts {
  /** Opens a connection, signed in. Throws `MailError`. */
  connect(signal: AbortSignal): Promise<SmtpConnection>
  log: Log
}

/**
 * Sends messages. One outcome per message, in order. A message that was handed over whole and never answered is of
 * `unknown` outcome; in front of that nothing was sent, since it ends with the final dot. What fails for the mailbox
 * itself stops the rest, which fails with the same error, untried.
 */
export async function send(
  messages: Sendable[],
  parts: SendParts,
  signal: AbortSignal,
): Promise<SendOutcome[]> {
  const outcomes: SendOutcome[] = []
  const waiting = messages.entries()
  const stop: { error: MailError | null } = { error: null }
  const lane = () => sendOverOne(waiting, outcomes, stop, parts, signal)
  await Promise.all(Array.from({ length: Math.min(connections, messages.length) }, lane))
  return messages.map(({ messageId }, index) => outcomes[index] ?? failed(messageId, stop.error))
}

/** Takes messages as long as there are any, and sends them over one connection, or another where that one failed. */
async function sendOverOne(
  waiting: IterableIterator<[number, Sendable]>,
  outcomes: SendOutcome[],
  stop: { error: MailError | null },
  { connect, log }: SendParts,
  signal: AbortSignal,
): Promise<void> {
  let connection: SmtpConnection | null = null
  // A lane takes its message in front of the first wait, so that no two take the same.
  for (const [index, { messageId, mime }] of waiting) {
    try {
      const envelope = await envelopeOf(mime)
      connection ??= await connect(signal)
      const rejected = await connection.send(envelope, mime)
      if (rejected.length > 0) log.warn({ count: rejected.length }, 'some recipients of a mail were refused')
      outcomes[index] = { messageId, outcome: 'sent', providerId: null }
    } catch (error) {
      if (!(error instanceof MailError)) throw error
      outcomes[index] = failed(messageId, error)
      // Whatever state it is in: half a transaction, or broken.
      connection?.close()
      connection = null
      if (!isAboutOneMessage(error)) stop.error ??= error
    }
    if (stop.error !== null) break
  }
  connection?.close()
}

function failed(messageId: string, error: MailError | null): SendOutcome {
  if (error === null) throw new Error('a message that was not tried, and no reason why')
  return { messageId, outcome: error.mayHaveHappened ? 'unknown' : 'failed', error }
}
