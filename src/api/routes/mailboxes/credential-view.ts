import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Locale } from '../../../lib/translate.ts'
import { credentialExpiry } from '../../../mailboxes/credential-expiry.ts'
import { expiryWarning } from '../../../mailboxes/expiry-warning.ts'
import type { MailboxTable } from '../../../store/schema.ts'
import { timestamp } from '../../common-schemas.ts'

/** What the application of a mailbox proves itself by, and until when. */
export const credentialView = z.object({
  kind: z.enum(['client-secret', 'certificate']),
  state: z.enum(['unknown', 'good', 'soon', 'expired']).describe('`soon` within 30 days of the end'),
  expiresAt: timestamp.nullable().describe('Null when the end of the secret was not entered'),
  daysLeft: z.int().nullable(),
  message: z.string().nullable().describe('What to do; null when nothing needs to be done'),
})

export function toCredentialView(
  row: Pick<Selectable<MailboxTable>, 'state' | 'settings'>,
  now: Date,
  locale: Locale,
): z.output<typeof credentialView> | null {
  const expiry = credentialExpiry(row.settings, now)
  if (expiry === null) return null
  const isKnown = expiry.state !== 'unknown'
  return {
    kind: expiry.credential,
    state: expiry.state,
    expiresAt: isKnown ? expiry.expiresAt.toISOString() : null,
    daysLeft: isKnown ? expiry.daysLeft : null,
    message: expiryWarning(row, now)?.message[locale] ?? null,
  }
}
