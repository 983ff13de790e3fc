import type { ReplyReading } from '../replies/reading.ts'
import type { ApiClient } from './api-client.ts'
import { ApiRefusal } from './api-client.ts'
import type { Cli } from './cli.ts'
import type { Inspected } from './inspect-file.ts'

/** What the route says, as far as it matters here: of a mail of ours, or one that was not fetched, there is no reading. */
interface StoredMessage {
  direction: 'inbound' | 'outbound'
  state: string
  from?: string
  subject?: string
  erasedAt?: string | null
  reading?: ReplyReading | null
}

/** What was read in a stored message when it came. One without a reading is an outcome too, with the reason. */
export async function inspectStored(
  api: ApiClient,
  id: string,
  { text }: Pick<Cli, 'text'>,
): Promise<Inspected> {
  try {
    const path = `/api/messages/${encodeURIComponent(id)}`
    const message = await api<StoredMessage>({ method: 'GET', path })
    const { reading, from = '', subject = '' } = message
    if (reading) return { file: id, from, subject, reading }
    const reason = text(`cli:message.inspect.why-no-reading.${whyNoReading(message)}`)
    return {
      file: id,
      error: { code: 'no-reading', message: text('cli:message.inspect.no-reading', { reason }) },
    }
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error
    return { file: id, error: { code: error.problem.code, message: error.problem.detail } }
  }
}

function whyNoReading({ direction, state, erasedAt }: StoredMessage): string {
  if (direction === 'outbound') return 'outbound'
  if (erasedAt) return 'erased'
  return state === 'unfetched' || state === 'dead' ? state : 'waits'
}
