import type { Selectable } from 'kysely'
import type { MailErrorKind } from '../../mail/errors.ts'
import { mendFor, ok, warning } from '../../mail/finding.ts'
import type { Finding } from '../../mail/mailbox.ts'
import type { MailboxPushTable } from '../../store/schema.ts'

/** Whether the provider tells of new mail by itself. Without that the mailbox is polled, so it is never a failure. */
export function checkPush(
  push: Pick<Selectable<MailboxPushTable>, 'state' | 'expiresAt' | 'trouble'>,
): Finding {
  const { state, expiresAt, trouble } = push
  if (trouble !== null) {
    return warning(trouble.providerCode, mendFor({ ...trouble, kind: trouble.kind as MailErrorKind }))
  }
  const evidence = expiresAt === null ? state : `${state}, ${expiresAt.toISOString()}`
  return state === 'on' ? ok(evidence) : { ...ok(evidence), mend: { key: 'notices:push.off', values: {} } }
}
