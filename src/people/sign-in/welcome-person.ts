import { AppError } from '../../lib/app-error.ts'
import type { Context } from '../../store/context.ts'
import { findPerson, type Person } from '../find-person.ts'
import { hashPassword } from './hash-password.ts'
import { noteSignInEvent, type Origin } from './note-sign-in-event.ts'
import { hashSecretToken } from './secret-token.ts'
import { openSession } from './sessions.ts'

/** For whom a link is that still works. Throws `link-unusable`: used, replaced, too old or never made. */
export async function findInvited(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  token: string,
): Promise<Person> {
  const link = await db
    .selectFrom('signInLink')
    .select('personId')
    .where('hash', '=', hashSecretToken(token))
    .where('expiresAt', '>', clock())
    .executeTakeFirst()
  const person = link && (await findPerson(db, link.personId))
  if (!person?.active) throw new AppError('link-unusable')
  return person
}

/**
 * Sets the password of whom the link is for, uses the link up, ends all sessions they had, and signs them in; returns
 * the token of the session. Throws `link-unusable`, `too-busy`.
 */
export async function welcomePerson(
  context: Pick<Context, 'db' | 'clock'>,
  input: { token: string; password: string; from: Origin },
): Promise<string> {
  // Before anything is hashed: strangers cost us nothing but a look.
  await findInvited(context, input.token)
  const hash = await hashPassword(input.password)
  const now = context.clock()
  return context.db.transaction().execute(async (tx) => {
    const link = await tx
      .deleteFrom('signInLink')
      .where('hash', '=', hashSecretToken(input.token))
      .returning('personId')
      .executeTakeFirst()
    if (!link) throw new AppError('link-unusable')
    const { personId } = link
    const set = { hash, setAt: now }
    await tx
      .insertInto('personPassword')
      .values({ personId, ...set })
      .onConflict((conflict) => conflict.column('personId').doUpdateSet(set))
      .execute()
    await tx.deleteFrom('signInSession').where('personId', '=', personId).execute()
    await noteSignInEvent(tx, { kind: 'password-set', at: now, personId, from: input.from })
    return openSession(tx, { personId, userAgent: input.from.userAgent, now })
  })
}
