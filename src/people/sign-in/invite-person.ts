import { AppError } from '../../lib/app-error.ts'
import { after } from '../../lib/clock.ts'
import { foldAddress } from '../../lib/fold-address.ts'
import { newId } from '../../lib/new-id.ts'
import type { Locale } from '../../lib/translate.ts'
import type { Context, Tx } from '../../store/context.ts'
import type { PersonChange } from '../../store/schema.ts'
import type { Person } from '../find-person.ts'
import { notePersonEvents } from '../note-person-event.ts'
import { noteSignInEvent, type Origin } from './note-sign-in-event.ts'
import { hashSecretToken, newSecretToken } from './secret-token.ts'

const LINK_MS = 24 * 60 * 60 * 1_000

export interface Invitation {
  person: Person
  /** For the link; returned here and never again. */
  token: string
  expiresAt: Date
}

/**
 * Lets somebody set their password, within a day and once; an earlier link of theirs works no more. Somebody who is not
 * known yet is added when a name is given. `administrator` makes them one; it takes the role from nobody.
 * Throws `person-not-found`.
 */
export async function invitePerson(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  input: { address: string; name: string | null; locale: Locale; administrator: boolean; from: Origin },
): Promise<Invitation> {
  const now = clock()
  const token = newSecretToken()
  const expiresAt = after(now, LINK_MS)
  return db.transaction().execute(async (tx) => {
    const found = await findOrAdd(tx, input, now)
    const role = input.administrator ? 'administrator' : found.role
    if (role !== found.role) {
      await tx.updateTable('person').set({ role }).where('id', '=', found.id).execute()
      const change = { field: 'role', from: found.role, to: role } as const
      await noteChange(tx, { kind: 'changed', personId: found.id, changes: [change], now })
    }
    const link = { hash: hashSecretToken(token), expiresAt }
    await tx
      .insertInto('signInLink')
      .values({ personId: found.id, ...link })
      .onConflict((conflict) => conflict.column('personId').doUpdateSet(link))
      .execute()
    await noteSignInEvent(tx, { kind: 'invited', at: now, personId: found.id, from: input.from })
    return { person: { ...found, role }, token, expiresAt }
  })
}

async function findOrAdd(
  tx: Tx,
  input: { address: string; name: string | null; locale: Locale },
  now: Date,
): Promise<Person> {
  const address = foldAddress(input.address)
  const known = await tx.selectFrom('person').selectAll().where('address', '=', address).executeTakeFirst()
  if (known?.active) return known
  const isAlias = await tx
    .selectFrom('personAlias')
    .select('address')
    .where('address', '=', address)
    .executeTakeFirst()
  // Who has left comes back by an import, which says so; an alias has an owner.
  if (known || isAlias || input.name === null) throw new AppError('person-not-found', { person: address })
  const { name, locale } = input
  const added = await tx
    .insertInto('person')
    .values({
      id: newId(),
      ...{ address, name, locale, managerId: null, role: 'member' },
      createdAt: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const changes = Object.entries({ address, name, locale, role: 'member', active: 'true' } as const).map(
    ([field, to]) => ({ field: field as PersonChange['field'], from: null, to }),
  )
  await noteChange(tx, { kind: 'added', personId: added.id, changes, now })
  return added
}

/** The operator alone invites. */
async function noteChange(
  tx: Tx,
  event: { kind: 'added' | 'changed'; personId: string; changes: PersonChange[]; now: Date },
): Promise<void> {
  const { kind, personId, changes, now } = event
  await notePersonEvents(tx, { at: now, actorId: null, events: [{ personId, kind, facts: { changes } }] })
}
