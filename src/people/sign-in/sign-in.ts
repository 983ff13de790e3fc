import { AppError } from '../../lib/app-error.ts'
import { foldAddress } from '../../lib/fold-address.ts'
import type { Context, Tx } from '../../store/context.ts'
import { admitAttempt, forgive } from './admit-attempt.ts'
import { isPassword } from './hash-password.ts'
import { noteSignInEvent, type Origin } from './note-sign-in-event.ts'
import { openSession } from './sessions.ts'

/**
 * Signs somebody in by address and password; returns the token of their new session. Throws `sign-in-refused`, in the
 * same time and words for a wrong password, an unknown address, somebody without a password and somebody who has left;
 * `too-many-attempts`; `too-busy`.
 */
export async function signIn(
  context: Pick<Context, 'db' | 'clock' | 'keys' | 'log'>,
  input: { address: string; password: string; from: Origin },
): Promise<string> {
  const { from } = input
  const attempt = { account: input.address, remoteAddress: from.remoteAddress }
  await admitAttempt(context, attempt)
  const account = await findAccount(context, input.address)
  const isRight = await isPassword(input.password, account?.hash ?? null)
  const now = context.clock()
  const token =
    account?.hash && isRight
      ? await context.db.transaction().execute(async (tx) => {
          if (!(await isStillSo(tx, account.personId, account.hash))) return null
          await noteSignInEvent(tx, { kind: 'signed-in', at: now, personId: account.personId, from })
          return openSession(tx, { personId: account.personId, userAgent: from.userAgent, now })
        })
      : null
  if (token === null) {
    const refused = { kind: 'refused', at: now, personId: account?.personId ?? null, from } as const
    await noteSignInEvent(context.db, refused)
    context.log.warn({ personId: refused.personId, remoteAddress: from.remoteAddress }, 'sign-in refused')
    throw new AppError('sign-in-refused')
  }
  await forgive(context, attempt)
  return token
}

/** By the main address alone: an alias may be a mailbox that others read. */
async function findAccount({ db }: Pick<Context, 'db'>, address: string) {
  return db
    .selectFrom('person')
    .leftJoin('personPassword', 'personPassword.personId', 'person.id')
    .select(['person.id as personId', 'personPassword.hash'])
    .where('person.address', '=', foldAddress(address))
    .where('person.active', '=', true)
    .executeTakeFirst()
}

/** Hashing takes a while, in which they may have left or changed the password: that ends sessions, this one too. */
async function isStillSo(tx: Tx, personId: string, hash: string | null): Promise<boolean> {
  const found = await tx
    .selectFrom('personPassword')
    .innerJoin('person', 'person.id', 'personPassword.personId')
    .select('personPassword.hash')
    .where('person.id', '=', personId)
    .where('person.active', '=', true)
    .forShare()
    .executeTakeFirst()
  return found !== undefined && found.hash === hash
}
