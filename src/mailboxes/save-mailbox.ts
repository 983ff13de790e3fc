import { AppError } from '../lib/app-error.ts'
import { newId } from '../lib/new-id.ts'
import { inBothLanguages } from '../lib/translate.ts'
import type { Context } from '../store/context.ts'
import { checkMailboxForm, type MailboxForm } from './settings.ts'

/** What sealed mailbox secrets are bound to, so that one mailbox's cannot be put into another's row. */
export function secretContext(mailboxId: string): string {
  return `mailbox:${mailboxId}`
}

/**
 * Creates the mailbox of this name or changes its settings. A changed mailbox runs again, whatever had paused it.
 * A new one starts from now, unless told otherwise: mail that is there already is never acted on (promise 9).
 * Throws `invalid-settings`.
 */
export async function saveMailbox(
  context: Context,
  name: string,
  form: MailboxForm,
): Promise<{ id: string; notes: string[] }> {
  const checked = checkMailboxForm(form)
  const now = wholeSecond(context.clock())
  return context.db.transaction().execute(async (tx) => {
    const existing = await tx
      .selectFrom('mailbox')
      .selectAll()
      .where('name', '=', name)
      .forUpdate()
      .executeTakeFirst()
    const id = existing?.id ?? newId()
    const secrets =
      checked.clientSecret === null
        ? (existing?.secrets ?? null)
        : context.keys.seal(JSON.stringify({ clientSecret: checked.clientSecret }), secretContext(id))
    if (secrets === null) {
      const message = inBothLanguages('errors:problem.client-secret-missing')
      throw new AppError('invalid-settings', {}, { problems: [{ path: 'oauth.clientSecret', message }] })
    }
    const values = {
      settings: JSON.stringify(checked.settings),
      secrets,
      state: checked.enabled ? ('running' as const) : ('disabled' as const),
      trouble: null,
      // One that failed has not shown yet that it works: until then its outage goes on.
      failures: Math.min(existing?.failures ?? 0, 1),
      retryAt: null,
    }
    if (existing) {
      const moved = existing.settings.user !== checked.settings.user
      await tx
        .updateTable('mailbox')
        .set({
          ...values,
          startFrom: checked.startFrom ?? existing.startFrom,
          // Another mailbox altogether: its cursor means nothing there.
          ...(moved ? { cursor: null, startFrom: checked.startFrom ?? now } : {}),
        })
        .where('id', '=', id)
        .execute()
    } else {
      await tx
        .insertInto('mailbox')
        .values({
          id,
          name,
          ...values,
          cursor: null,
          startFrom: checked.startFrom ?? now,
          watchedBy: null,
          watchedUntil: null,
          lastReceivedAt: null,
        })
        .execute()
    }
    if (checked.enabled) await context.enqueue(tx, { name: 'receive', payload: { mailboxId: id } })
    return { id, notes: checked.notes }
  })
}

/** Exchange tells when mail was received to the second: mail of this very second must not seem older. */
function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000)
}
