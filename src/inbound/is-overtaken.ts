import type { ReplyReading } from '../replies/reading.ts'
import type { InboundOutcome } from '../store/schema.ts'
import { together } from '../store/together.ts'
import type { AskedPerson } from './find-asked.ts'
import type { Understood } from './understood.ts'

/**
 * Whether the person has written something else since, which was worked first: a reply may come out of Junk, or could not
 * be fetched at once. The one that was received last says what they want: an unclear one stands against any answer, an
 * answer against another one to the same question. False of an action that is over, where nothing is decided any more.
 */
export const isOvertaken = together(
  async (db, replies: readonly { understood: Understood; asked: AskedPerson }[]) => {
    const worked = await db
      .selectFrom('inboundMessage')
      .innerJoin('action', 'action.id', 'inboundMessage.actionId')
      .innerJoin('actionAssignee', (join) =>
        join
          .onRef('actionAssignee.actionId', '=', 'inboundMessage.actionId')
          .onRef('actionAssignee.personId', '=', 'inboundMessage.personId'),
      )
      .select([
        'inboundMessage.actionId',
        'inboundMessage.personId',
        'receivedAt',
        'verdict',
        'outcome',
        'reading',
      ])
      .where(
        'inboundMessage.requestId',
        'in',
        replies.map(({ asked }) => asked.loaded.request.id),
      )
      .where('outcome', 'in', ['asked-back', 'held', 'kept-partly'])
      .where('action.status', '=', 'open')
      .where('actionAssignee.endedAt', 'is', null)
      .execute()
    return replies.map(({ understood, asked: { loaded, person } }) =>
      worked.some(
        ({ actionId, personId, receivedAt, verdict, outcome, reading }) =>
          actionId === loaded.action.id &&
          personId === person.id &&
          receivedAt > understood.row.receivedAt &&
          verdict?.verdict === 'accepted' &&
          standsAgainst({ outcome, reading }, understood.reading),
      ),
    )
  },
)

function standsAgainst(
  later: { outcome: InboundOutcome | null; reading: ReplyReading | null },
  { answers }: ReplyReading,
): boolean {
  if (later.outcome !== 'kept-partly' || later.reading === null) return true
  const { answers: since, invalid } = later.reading
  return Object.entries(answers).some(
    ([id, answer]) => invalid.includes(id) || (since[id] !== undefined && since[id] !== answer),
  )
}
