import { AppError } from '../../lib/app-error.ts'
import type { Context } from '../../store/context.ts'
import { admitAttempt, forgive } from './admit-attempt.ts'
import { hashPassword, isPassword } from './hash-password.ts'
import { noteSignInEvent, type Origin } from './note-sign-in-event.ts'
import type { SessionHolder } from './sessions.ts'

/**
 * Sets another password for whom a session stands for, who shows that they know the one that they have: an unlocked
 * computer is not enough. All their other sessions end. Throws `password-wrong`, `too-many-attempts`, `too-busy`.
 */
export async function changePassword(
  context: Pick<Context, 'db' | 'clock' | 'keys' | 'log'>,
  holder: Pick<SessionHolder, 'sessionId' | 'person'>,
  input: { current: string; password: string; from: Origin },
): Promise<void> {
  const { id: personId, address } = holder.person
  const { from } = input
  const attempt = { account: address, remoteAddress: from.remoteAddress }
  await admitAttempt(context, attempt)
  const stored = await context.db
    .selectFrom('personPassword')
    .select('hash')
    .where('personId', '=', personId)
    .executeTakeFirst()
  const isRight = await isPassword(input.current, stored?.hash ?? null)
  const hash = isRight ? await hashPassword(input.password) : null
  const now = context.clock()
  const isSet =
    hash !== null &&
    (await context.db.transaction().execute(async (tx) => {
      // Hashing takes a while, in which a link may have set another one.
      const { numUpdatedRows } = await tx
        .updateTable('personPassword')
        .set({ hash, setAt: now })
        .where('personId', '=', personId)
        .where('hash', '=', stored?.hash ?? '')
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return false
      await tx
        .deleteFrom('signInSession')
        .where('personId', '=', personId)
        .where('id', '!=', holder.sessionId)
        .execute()
      await noteSignInEvent(tx, { kind: 'password-set', at: now, personId, from })
      return true
    }))
  if (!isSet) {
    await noteSignInEvent(context.db, { kind: 'refused', at: now, personId, from })
    context.log.warn({ personId, remoteAddress: from.remoteAddress }, 'change of password refused')
    throw new AppError('password-wrong')
  }
  await forgive(context, attempt)
}
