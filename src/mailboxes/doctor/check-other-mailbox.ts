import { MailError } from '../../mail/errors.ts'
import { mendFor, ok, warning } from '../../mail/finding.ts'
import type { Finding, Mailbox } from '../../mail/mailbox.ts'
import { type ScopingFacts, scopingCommands } from './scoping-commands.ts'

/**
 * Whether the application opens a mailbox that it must not open: the permission of the Entra guide opens every one of the
 * organisation. No failure, because the mailbox works; but a warning that cannot be overlooked, with its remedy.
 */
export async function checkOtherMailbox(
  opensAnother: NonNullable<Mailbox['opensAnother']>,
  facts: ScopingFacts,
  signal: AbortSignal,
): Promise<Finding> {
  const { probe } = facts
  const values = { ...scopingCommands(facts), probe: probe ?? '' }
  const ending = facts.type === 'imap-smtp' ? '-imap' : ''
  if (probe === null) {
    return warning('', { key: `doctor:other-mailbox.no-probe${ending}`, values })
  }
  try {
    return (await opensAnother(probe, signal))
      ? warning(probe, { key: `doctor:other-mailbox.open${ending}`, values })
      : ok(probe)
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    const isUnknown = error.messageKey === 'mailbox.unknown'
    return warning(
      error.message,
      isUnknown ? { key: 'doctor:other-mailbox.unknown-probe', values } : mendFor(error),
    )
  }
}
