import { type Kysely, sql } from 'kysely'
import { AppError } from '../../../lib/app-error.ts'
import type { Database } from '../../../store/schema.ts'
import type { EvidenceMessage } from './message-files.ts'

const MEGABYTE = 1_000_000
const MOST_MEGABYTES = 1_000
const MOST_MESSAGES = 5_000

/** The messages of a request, in and out, in the order of time. Throws `evidence-too-large`. */
export async function messagesOfRequest(db: Kysely<Database>, requestId: number): Promise<EvidenceMessage[]> {
  const inbound = await db
    .selectFrom('inboundMessage')
    .select(['id', 'receivedAt as at', 'rawSize as size'])
    .where('requestId', '=', requestId)
    .orderBy('receivedAt')
    .limit(MOST_MESSAGES + 1)
    .execute()
  const outbound = await db
    .selectFrom('outboundMessage')
    .select(['id', 'createdAt as at'])
    .where('requestId', '=', requestId)
    .orderBy('createdAt')
    .limit(MOST_MESSAGES + 1)
    .execute()
  const { files } = await db
    .selectFrom('requestFile')
    .select(sql<string>`coalesce(sum(size), 0)`.as('files'))
    .where('requestId', '=', requestId)
    .executeTakeFirstOrThrow()
  const size = Number(files) + inbound.map((message) => message.size).reduce((sum, each) => sum + each, 0)
  if (size > MOST_MEGABYTES * MEGABYTE || inbound.length + outbound.length > MOST_MESSAGES) {
    throw new AppError('evidence-too-large', { most: String(MOST_MEGABYTES) })
  }
  return [
    ...inbound.map((message) => ({ ...message, direction: 'inbound' as const })),
    ...outbound.map((message) => ({ ...message, direction: 'outbound' as const })),
  ]
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ direction, id }) => ({ direction, id }))
}
