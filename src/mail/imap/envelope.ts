import { MailError } from '../errors.ts'
import { UnreadableMessage } from '../parse-message.ts'
import { readHeader } from './read-header.ts'

/** Who sends to whom, for the server (RFC 5321, 3.3); the header is for people. */
export interface Envelope {
  from: string
  to: string[]
}

/** The envelope that a message's From, To and Cc ask for. Throws `MailError` when they name nobody. */
export async function envelopeOf(mime: Uint8Array): Promise<Envelope> {
  try {
    const { from, to } = await readHeader(mime)
    const [author] = from
    if (author === undefined || to.length === 0) throw invalid()
    return { from: author.address, to: to.map(({ address }) => address) }
  } catch (error) {
    throw error instanceof UnreadableMessage ? invalid(error) : error
  }
}

function invalid(cause?: Error): MailError {
  return new MailError('A message to send names no sender or no recipient', {
    kind: 'refused',
    retry: 'never',
    providerCode: 'no-envelope',
    messageKey: 'send.invalid-recipients',
    cause,
  })
}
