import { z } from 'zod'
import type { Change } from '../../../inbound/replay/count-replayed.ts'
import type { Replayed } from '../../../inbound/replay/replay.ts'
import { requestId, timestamp } from '../../common-schemas.ts'
import { maskReplyTokensIn } from '../../mask-reply-tokens.ts'
import { inboundSummary, readingKind } from './message-view.ts'

const groupedSaying = z.object({
  kind: readingKind,
  answers: z.record(z.string(), z.string()),
  confirm: z.string().nullable(),
  reason: z.string().nullable(),
  instruction: z.looseObject({ name: z.string() }).nullable(),
  automatic: z.looseObject({ subtype: z.string() }).nullable(),
})

const saying = groupedSaying
  .extend({
    missing: z.array(z.string()),
    invalid: z.array(z.string()),
    comment: z.string(),
    bounce: z.looseObject({}).nullable(),
  })
  .meta({ id: 'Saying', description: 'What is read in a message, without how it was found' })

const differs = z.array(saying.keyof()).describe('In which members the two differ')

export const changeView = z
  .object({
    message: z.object({
      id: z.uuid(),
      mailbox: z.string(),
      receivedAt: timestamp,
      from: z.string(),
      subject: z.string(),
      outcome: inboundSummary.shape.outcome,
      requestId: requestId.nullable(),
      action: z
        .object({ id: z.uuid(), number: z.int(), status: z.enum(['open', 'decided', 'cancelled']) })
        .nullable(),
    }),
    was: saying.nullable().describe('What was read when it came; null when it could not be read'),
    now: saying.nullable().describe('What would be read; null when it could not be read'),
    differs,
    knowsSentText: z
      .boolean()
      .describe('Whether the text that it answers is still kept, by which a quote is recognised'),
  })
  .meta({ id: 'ReplayChange' })

const change = groupedSaying.nullable()

export const replayCounts = z
  .object({
    same: z.int().describe('Read again, and the same'),
    changed: z.int(),
    erased: z.int().describe('Not read again: erased by retention'),
    lost: z.int().describe('Not read again: the octets are lost or are not those that came in'),
    stepGone: z.int().describe('Not read again: the new definition does not have their step'),
    groups: z
      .array(z.object({ was: change, now: change, differs, count: z.int() }))
      .describe('Changes that are alike, the most frequent first'),
    ungrouped: z.int().describe('Changed messages beyond the groups'),
  })
  .meta({ id: 'ReplayCounts' })

/** What comes as one line. */
export const replayLine = z
  .union([
    changeView,
    z.object({ progress: z.int().describe('Messages looked at so far') }),
    z.object({ counts: replayCounts }).describe('The last line; an answer without it was cut off'),
  ])
  .meta({ id: 'ReplayLine' })

export function toChangeView(
  { message, now: read }: Replayed,
  { was, now, differs }: Change,
): z.output<typeof changeView> {
  const { id, mailbox, receivedAt, fromAddress, subject, outcome, requestId, action } = message
  return maskReplyTokensIn({
    message: {
      id,
      mailbox,
      receivedAt: receivedAt.toISOString(),
      from: fromAddress,
      subject,
      outcome,
      requestId,
      action,
    },
    was,
    now,
    differs,
    knowsSentText: read.kind !== 'read' || read.knowsSentText,
  })
}
