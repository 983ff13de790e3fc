import { backOffMs } from '../lib/back-off.ts'
import { after } from '../lib/clock.ts'
import type { PostToWebhook } from '../lib/webhook.ts'
import type { MailErrorKind } from '../mail/errors.ts'
import type { Context } from '../store/context.ts'
import { describeMailError } from './describe-mail-error.ts'

/** With the back-off, about a day. */
const MOST_ATTEMPTS = 100
const MOST_AT_ONCE = 50

/**
 * Tells the webhook what it does not know yet: that a mailbox is down, and, of those it was told of, that one works
 * again. Mail cannot report its own outage. Each is told once; again, under the same id, when a crash comes between the
 * telling and its commit. What the webhook does not take is told again, backing off.
 */
export async function tellOutages(context: Context, post: PostToWebhook, signal: AbortSignal): Promise<void> {
  const due = await context.db
    .selectFrom('mailboxOutage')
    .innerJoin('mailbox', 'mailbox.id', 'mailboxOutage.mailboxId')
    .selectAll('mailboxOutage')
    .select(['mailbox.name', 'mailbox.settings'])
    .where('nextAttemptAt', '<=', context.clock())
    .where((where) =>
      where.or([
        where.and([where('told', '=', 'nothing'), where('endedAt', 'is', null)]),
        where.and([where('told', '=', 'down'), where('endedAt', 'is not', null)]),
      ]),
    )
    .orderBy('nextAttemptAt')
    .limit(MOST_AT_ONCE)
    .execute()
  for (const { id, told, attempts, name, settings, trouble, endedAt } of due) {
    if (signal.aborted) return
    const news = endedAt === null ? 'down' : 'up'
    const change = await post(
      {
        id: `${id}.${news}`,
        type: `mailbox.${news}`,
        data: {
          mailbox: name,
          address: settings.user,
          since: trouble.since,
          until: endedAt?.toISOString() ?? null,
          code: trouble.providerCode,
          reason: describeMailError({ ...trouble, kind: trouble.kind as MailErrorKind }),
        },
      },
      signal,
    ).then(
      () => ({ told: news, attempts: 0 }) as const,
      (error: unknown) => {
        // Ours to stop; it is no attempt.
        if (signal.aborted) return null
        const givenUp = attempts + 1 >= MOST_ATTEMPTS
        context.log[givenUp ? 'error' : 'warn'](
          { outage: id, news, attempts, err: error },
          'the webhook was not told',
        )
        const nextAttemptAt = after(context.clock(), backOffMs(attempts))
        return { attempts: attempts + 1, nextAttemptAt, ...(givenUp ? { told: 'given-up' as const } : {}) }
      },
    )
    if (change === null) return
    await context.db
      .updateTable('mailboxOutage')
      .set(change)
      .where('id', '=', id)
      .where('told', '=', told)
      .execute()
  }
}
