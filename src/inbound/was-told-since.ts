import { sql } from 'kysely'
import type { Tx } from '../store/context.ts'
import type { AskedBackReason, OutboundKind } from '../store/schema.ts'
import type { AskedPerson } from './find-asked.ts'

/**
 * Whether a mail of this kind was written to the person about the action since a message of theirs was received. The
 * message may come again under another id, where a mailbox changes its type, and they are not to be told of it twice.
 */
export async function wasToldSince(
  tx: Tx,
  { loaded, person }: AskedPerson,
  mail: { kind: OutboundKind; reason?: AskedBackReason },
  receivedAt: Date,
): Promise<boolean> {
  const told = await tx
    .selectFrom('outboundMessage')
    .select('id')
    .where('requestId', '=', loaded.request.id)
    .where('actionId', '=', loaded.action.id)
    .where('personId', '=', person.id)
    .where('kind', '=', mail.kind)
    .$if(mail.reason !== undefined, (query) => query.where(sql`payload ->> 'reason'`, '=', mail.reason ?? ''))
    .where('createdAt', '>=', receivedAt)
    .limit(1)
    .executeTakeFirst()
  return told !== undefined
}
