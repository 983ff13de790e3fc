import { z } from 'zod'
import type { InboundMessageTable, InboundOutcome, OutboundMessageTable } from '../../../store/schema.ts'

/** Where a message stands, inbound and outbound alike, in the words that people filter the mail log by. */
export const standing = z.enum([
  'decided',
  'asked-back',
  'held',
  'rejected',
  'noted',
  'ignored',
  'bounced',
  'dead',
  'waiting',
  'waiting-for-budget',
  'sent',
  'cancelled',
])

export type Standing = z.output<typeof standing>

const ofOutcome: Record<InboundOutcome, Standing> = {
  decided: 'decided',
  'kept-partly': 'asked-back',
  'asked-back': 'asked-back',
  held: 'held',
  rejected: 'rejected',
  commented: 'noted',
  instructed: 'noted',
  late: 'noted',
  automatic: 'ignored',
  duplicate: 'ignored',
  bounce: 'bounced',
}

type OutboundState = OutboundMessageTable['state']

const ofState: Record<OutboundState, Standing> = {
  waiting: 'waiting',
  sending: 'waiting',
  unknown: 'waiting',
  sent: 'sent',
  dead: 'dead',
  cancelled: 'cancelled',
  undelivered: 'bounced',
}

export function inboundStanding({
  state,
  outcome,
}: {
  state: InboundMessageTable['state']
  outcome: InboundOutcome | null
}): Standing {
  if (state === 'dead') return 'dead'
  return outcome === null ? 'waiting' : ofOutcome[outcome]
}

export function unfetchedStanding({ nextAttemptAt }: { nextAttemptAt: Date | null }): Standing {
  return nextAttemptAt === null ? 'dead' : 'waiting'
}

export function outboundStanding({
  state,
  waitsFor,
}: {
  state: OutboundState
  waitsFor: OutboundMessageTable['waitsFor']
}): Standing {
  return state === 'waiting' && waitsFor !== null ? 'waiting-for-budget' : ofState[state]
}

/** The outcomes of inbound messages that stand so. */
export const outcomesOf = (wanted: Standing) => keysOf(ofOutcome, wanted)

/** The states of outbound messages that stand so; of those that wait for the budget see `outboundStanding`. */
export const statesOf = (wanted: Standing) => keysOf(ofState, wanted)

function keysOf<Key extends string>(standings: Record<Key, Standing>, wanted: Standing): Key[] {
  return (Object.keys(standings) as Key[]).filter((key) => standings[key] === wanted)
}
