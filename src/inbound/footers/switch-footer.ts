import { AppError } from '../../lib/app-error.ts'
import type { Context } from '../../store/context.ts'

/**
 * Switches a footer on or off, for good: from the next reply on it is taken off, or is part of the comment again. `by` is
 * the administrator, null for the operator. It may be repeated. Throws `footer-not-found`.
 */
export async function switchFooter(
  { db, clock, log }: Pick<Context, 'db' | 'clock' | 'log'>,
  id: string,
  { state, by }: { state: 'on' | 'off'; by: string | null },
): Promise<void> {
  const footer = await db
    .updateTable('footer')
    .set({ state, switchedAt: clock(), switchedBy: by })
    .where('id', '=', id)
    .returning('domain')
    .executeTakeFirst()
  if (footer === undefined) throw new AppError('footer-not-found', { footer: id })
  log.info(
    { footer: id, domain: footer.domain, state, actor: by },
    'a footer was switched by an administrator',
  )
}
