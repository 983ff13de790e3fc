import { after } from '../lib/clock.ts'
import type { AskedPerson } from './find-asked.ts'
import { keepHeld } from './hold.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

const HOUR_MS = 60 * 60 * 1_000
/** Messages about one action, under one person's token, that are worked within an hour: more is a loop or a flood. */
const MESSAGES_AN_HOUR = 20

/**
 * Holds a message of a flood (promise 8): it is stored and listed, and nothing else comes of it. Only the first one
 * enters the request's history, which the others would fill. Null when there is no flood; an answer that decides is
 * never part of one, for there is one an action.
 */
export async function holdFlood(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
): Promise<Acted | null> {
  const { tx, context } = parts
  const filed = filedUnder(understood)
  const { count } = await tx
    .selectFrom('inboundMessage')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('requestId', '=', filed.requestId)
    .where('actionId', '=', filed.actionId)
    .where('personId', '=', filed.personId)
    .where('processedAt', '>', after(context.clock(), -HOUR_MS))
    .executeTakeFirstOrThrow()
  if (Number(count) < MESSAGES_AN_HOUR) return null
  context.log.warn(
    { mailbox: understood.row.mailboxId, inboundMessage: understood.row.id, action: filed.actionId, count },
    'a message is held: too many about one action within an hour',
  )
  if (Number(count) > MESSAGES_AN_HOUR) return { outcome: 'held', ...filed }
  return keepHeld(parts, understood, asked, ['hourly-cap'])
}
