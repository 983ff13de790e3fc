import type { Kysely } from 'kysely'
import { after } from '../../lib/clock.ts'
import { newId } from '../../lib/new-id.ts'
import type { Context, Tx } from '../../store/context.ts'
import type { Database } from '../../store/schema.ts'
import { findPerson, type Person } from '../find-person.ts'
import { hashSecretToken, newSecretToken } from './secret-token.ts'

const HOUR_MS = 60 * 60 * 1_000
/** A session ends when nothing was done with it for so long … */
const IDLE_MS = 8 * HOUR_MS
/** … and however busy it is, after a week. */
export const SESSION_MS = 7 * 24 * HOUR_MS
/** `lastSeenAt` is written at most so often: each call would otherwise cost a commit. */
const LAST_SEEN_MS = 60_000

/** Whom a session stands for. */
export interface SessionHolder {
  sessionId: string
  person: Person
  expiresAt: Date
}

/**
 * Signs somebody in, always with a new session: whatever the browser came with is worth nothing after. The token is
 * returned here and never again.
 */
export async function openSession(
  tx: Tx,
  input: { personId: string; userAgent: string; now: Date },
): Promise<string> {
  const token = newSecretToken()
  await tx
    .insertInto('signInSession')
    .values({
      id: newId(),
      hash: hashSecretToken(token),
      personId: input.personId,
      userAgent: input.userAgent,
      createdAt: input.now,
      lastSeenAt: input.now,
      expiresAt: after(input.now, SESSION_MS),
    })
    .execute()
  return token
}

/** The active person behind a session that goes on; null otherwise. */
export async function findSession(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  token: string,
): Promise<SessionHolder | null> {
  const now = clock()
  const row = await runningSessions(db, now)
    .selectAll()
    .where('hash', '=', hashSecretToken(token))
    .executeTakeFirst()
  if (!row) return null
  const person = await findPerson(db, row.personId)
  if (!person?.active) return null
  if (row.lastSeenAt <= after(now, -LAST_SEEN_MS)) {
    await db.updateTable('signInSession').set({ lastSeenAt: now }).where('id', '=', row.id).execute()
  }
  return { sessionId: row.id, person, expiresAt: row.expiresAt }
}

/** Sessions that go on, as a query to be narrowed. */
export function runningSessions(db: Kysely<Database>, now: Date) {
  return db
    .selectFrom('signInSession')
    .where('expiresAt', '>', now)
    .where('lastSeenAt', '>', after(now, -IDLE_MS))
}

/** The roles of those whose sessions go on, by the session's id; who has left the organisation has none. */
export async function rolesOfSessions(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  sessionIds: readonly string[],
): Promise<Map<string, Person['role']>> {
  if (sessionIds.length === 0) return new Map()
  const rows = await runningSessions(db, clock())
    .innerJoin('person', 'person.id', 'signInSession.personId')
    .select(['signInSession.id', 'person.role'])
    .where('signInSession.id', 'in', sessionIds)
    .where('person.active', '=', true)
    .execute()
  return new Map(rows.map(({ id, role }) => [id, role]))
}

/** Ends a session of this person; whether there was one. */
export async function endSession(
  db: Kysely<Database>,
  input: { sessionId: string; personId: string },
): Promise<boolean> {
  const ended = await db
    .deleteFrom('signInSession')
    .where('id', '=', input.sessionId)
    .where('personId', '=', input.personId)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

/** Ends the session of a cookie, whoever's it is. */
export async function endSessionOfToken(db: Kysely<Database>, token: string): Promise<void> {
  await db.deleteFrom('signInSession').where('hash', '=', hashSecretToken(token)).execute()
}

/** Takes sessions and links from those who have left: they do not come back with them. */
export async function shutOutLeavers(tx: Tx): Promise<void> {
  const leavers = tx.selectFrom('person').select('id').where('active', '=', false)
  await tx.deleteFrom('signInSession').where('personId', 'in', leavers).execute()
  await tx.deleteFrom('signInLink').where('personId', 'in', leavers).execute()
}

/** Removes sessions that are over, and links that nobody has used. */
export async function forgetSessions({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const now = clock()
  await db
    .deleteFrom('signInSession')
    .where((where) =>
      where.or([where('expiresAt', '<=', now), where('lastSeenAt', '<=', after(now, -IDLE_MS))]),
    )
    .execute()
  await db.deleteFrom('signInLink').where('expiresAt', '<=', now).execute()
}
