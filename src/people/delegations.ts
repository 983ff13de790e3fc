import type { ExpressionBuilder, Selectable } from 'kysely'
import { AppError } from '../lib/app-error.ts'
import { newId } from '../lib/new-id.ts'
import type { Context, Tx } from '../store/context.ts'
import type { Database, DelegationTable } from '../store/schema.ts'
import { together } from '../store/together.ts'
import { findPerson, findPersonByAddress, type Person } from './find-person.ts'
import { notePersonEvents } from './note-person-event.ts'

export type Delegation = Selectable<DelegationTable>

const DAY_MS = 24 * 60 * 60 * 1_000
/** Longer than this is no absence: somebody else has the job. */
const LONGEST_MS = 366 * DAY_MS
/** Of one person, running and planned. */
const MOST_AHEAD = 20

export interface NewDelegation {
  /** Who is away. */
  personId: string
  /** Any address of whom they have asked instead. */
  to: string
  startsAt: Date
  endsAt: Date
  note: string
  /** Null for the operator. */
  actorId: string | null
}

/**
 * Records whom the actions go to that open while somebody is away. Returns its id. Throws `person-not-found` for either of
 * the two who is not active, `delegation-to-oneself`, `delegation-period` for one that is over, ends before it starts or
 * lasts longer than a year, `delegation-overlaps` and `too-many-delegations`.
 */
export async function recordDelegation(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  input: NewDelegation,
): Promise<string> {
  const now = clock()
  const { personId, startsAt, endsAt, note, actorId } = input
  const length = endsAt.getTime() - startsAt.getTime()
  if (length <= 0 || length > LONGEST_MS || endsAt <= now) throw new AppError('delegation-period')
  return db.transaction().execute(async (tx) => {
    const person = await lockPerson(tx, personId)
    if (!person?.active) throw new AppError('person-not-found', { person: person?.address ?? personId })
    const to = await findPersonByAddress(tx, input.to)
    if (to === null) throw new AppError('person-not-found', { person: input.to })
    if (to.id === personId) throw new AppError('delegation-to-oneself')
    await refuseOverlap(tx, { personId, startsAt, endsAt, now })

    const id = newId()
    await tx
      .insertInto('delegation')
      .values({
        ...{ id, personId, toId: to.id, startsAt, endsAt, note },
        ...{ recordedAt: now, recordedBy: actorId, endedAt: null },
      })
      .execute()
    const delegation = { id, personId, startsAt, endsAt }
    await noteDelegation(tx, { kind: 'delegation-recorded', at: now, actorId, delegation, to: to.address })
    return id
  })
}

/**
 * Ends a delegation of this person that runs or is planned: actions that open from now on go to them again. What went to
 * the other one stays with them. Throws `delegation-not-found`, also for one that is over.
 */
export async function endDelegation(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { id, personId, actorId }: { id: string; personId: string; actorId: string | null },
): Promise<void> {
  const now = clock()
  await db.transaction().execute(async (tx) => {
    const ended = await tx
      .updateTable('delegation')
      .set({ endedAt: now })
      .where('id', '=', id)
      .where('personId', '=', personId)
      .where((where) => isAhead(where, now))
      .returningAll()
      .executeTakeFirst()
    if (!ended) throw new AppError('delegation-not-found', { delegation: id })
    const to = (await findPerson(tx, ended.toId))?.address ?? ''
    await noteDelegation(tx, { kind: 'delegation-ended', at: now, actorId, delegation: ended, to })
  })
}

/** The delegation by which somebody is away at this moment; null when they are not. */
export const delegationAt = together(
  async (db, asked: readonly { personId: string; at: Date }[]): Promise<(Delegation | null)[]> => {
    const earliest = new Date(Math.min(...asked.map(({ at }) => at.getTime())))
    const found = await db
      .selectFrom('delegation')
      .selectAll()
      .where(
        'personId',
        'in',
        asked.map(({ personId }) => personId),
      )
      .where((where) => isAhead(where, earliest))
      .execute()
    return asked.map(
      ({ personId, at }) =>
        found.find((one) => one.personId === personId && one.startsAt <= at && at < one.endsAt) ?? null,
    )
  },
)

/** Whether a delegation runs or is still to come, for `where` in a query over `delegation`. */
function isAhead(where: ExpressionBuilder<Database, 'delegation'>, now: Date) {
  return where.and([where('delegation.endedAt', 'is', null), where('delegation.endsAt', '>', now)])
}

/** Two that are recorded at once for the same person take their turns. */
async function lockPerson(tx: Tx, personId: string): Promise<Person | undefined> {
  return tx.selectFrom('person').selectAll().where('id', '=', personId).forNoKeyUpdate().executeTakeFirst()
}

async function refuseOverlap(
  tx: Tx,
  { personId, startsAt, endsAt, now }: { personId: string; startsAt: Date; endsAt: Date; now: Date },
): Promise<void> {
  const ahead = await tx
    .selectFrom('delegation')
    .selectAll()
    .where('personId', '=', personId)
    .where((where) => isAhead(where, now))
    .execute()
  const overlapped = ahead.find((other) => other.startsAt < endsAt && startsAt < other.endsAt)
  if (overlapped) {
    throw new AppError('delegation-overlaps', {
      from: overlapped.startsAt.toISOString(),
      to: overlapped.endsAt.toISOString(),
    })
  }
  if (ahead.length >= MOST_AHEAD) throw new AppError('too-many-delegations', { most: String(MOST_AHEAD) })
}

async function noteDelegation(
  tx: Tx,
  event: {
    kind: 'delegation-recorded' | 'delegation-ended'
    at: Date
    actorId: string | null
    delegation: { id: string; personId: string; startsAt: Date; endsAt: Date }
    /** Address. */
    to: string
  },
): Promise<void> {
  const { kind, at, actorId, to } = event
  const { id, personId, startsAt, endsAt } = event.delegation
  const delegation = { id, to, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() }
  await notePersonEvents(tx, { at, actorId, events: [{ personId, kind, facts: { delegation } }] })
}
