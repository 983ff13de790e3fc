import type { Kysely, Selectable } from 'kysely'
import { z } from 'zod'
import type { Database, DelegationTable } from '../../../store/schema.ts'
import { personRef, timestamp } from '../../common-schemas.ts'

export const delegationView = z
  .object({
    id: z.uuid(),
    person: personRef.describe('Who is away'),
    to: personRef.describe('Who is asked instead'),
    startsAt: timestamp,
    endsAt: timestamp.describe('The first moment after it'),
    note: z.string(),
    state: z.enum(['planned', 'running', 'over', 'ended']).describe('`ended`: before its time'),
    recordedAt: timestamp,
    recordedBy: personRef.nullable().describe('Null for the operator'),
    endedAt: timestamp.nullable(),
  })
  .meta({ id: 'Delegation' })

interface DelegationRow extends Selectable<DelegationTable> {
  awayAddress: string
  awayName: string
  toAddress: string
  toName: string
  recorderAddress: string | null
  recorderName: string | null
}

/** Delegations with the names in them, as a query to be narrowed. */
export function selectDelegations(db: Kysely<Database>) {
  return db
    .selectFrom('delegation')
    .innerJoin('person as away', 'away.id', 'delegation.personId')
    .innerJoin('person as standIn', 'standIn.id', 'delegation.toId')
    .leftJoin('person as recorder', 'recorder.id', 'delegation.recordedBy')
    .selectAll('delegation')
    .select(['away.address as awayAddress', 'away.name as awayName'])
    .select(['standIn.address as toAddress', 'standIn.name as toName'])
    .select(['recorder.address as recorderAddress', 'recorder.name as recorderName'])
}

export function toDelegationView(row: DelegationRow, now: Date): z.output<typeof delegationView> {
  const { id, startsAt, endsAt, note, recordedAt, recordedBy, endedAt } = row
  return {
    id,
    person: { id: row.personId, address: row.awayAddress, name: row.awayName },
    to: { id: row.toId, address: row.toAddress, name: row.toName },
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    note,
    state: stateOf(row, now),
    recordedAt: recordedAt.toISOString(),
    recordedBy:
      recordedBy === null
        ? null
        : { id: recordedBy, address: row.recorderAddress ?? '', name: row.recorderName ?? '' },
    endedAt: endedAt?.toISOString() ?? null,
  }
}

function stateOf({ startsAt, endsAt, endedAt }: DelegationRow, now: Date) {
  if (endedAt !== null) return 'ended'
  if (endsAt <= now) return 'over'
  return startsAt <= now ? 'running' : 'planned'
}
