import type { Selectable } from 'kysely'
import { z } from 'zod'
import { type Locale, translator } from '../../../lib/translate.ts'
import type { MailErrorKind } from '../../../mail/errors.ts'
import { activeStates } from '../../../mailboxes/active-states.ts'
import { describeMailError } from '../../../mailboxes/describe-mail-error.ts'
import type { MailboxPushTable, MailboxTable } from '../../../store/schema.ts'
import { timestamp } from '../../common-schemas.ts'

/** Whether the provider calls us when mail arrives, as an administrator sees it. */
export const pushView = z
  .object({
    state: z.enum(['on', 'off', 'failed']),
    until: timestamp.nullable().describe('When the subscription ends, unless it is renewed before'),
    message: z.string().describe('What this means, and what to do'),
  })
  .meta({ id: 'MailboxPush' })

/** Null for a mailbox whose provider makes no calls, and for one that was not looked at yet. */
export function toPushView(
  mailbox: Pick<Selectable<MailboxTable>, 'state'>,
  push: Pick<Selectable<MailboxPushTable>, 'state' | 'expiresAt' | 'trouble'> | undefined,
  locale: Locale,
): z.output<typeof pushView> | null {
  if (push === undefined || push.state === 'unsupported') return null
  const { state, trouble } = push
  const until = push.expiresAt?.toISOString() ?? null
  if (trouble !== null) {
    const reason = describeMailError({ ...trouble, kind: trouble.kind as MailErrorKind })[locale]
    return { state, until, message: reason }
  }
  const isActive = activeStates.some((active) => active === mailbox.state)
  const key = state === 'off' && !isActive ? 'disabled' : state
  return { state, until, message: translator(locale)(`notices:push.${key}`) }
}
