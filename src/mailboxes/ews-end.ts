import type { MailboxRow } from './open-mailboxes.ts'

/** Since then Microsoft switches Exchange Web Services off in Exchange Online, one tenant after another. */
export const EWS_SWITCHED_OFF_SINCE = '2026-10-01'
/** The first day on which Exchange Online has none, without exceptions. An Exchange Server keeps them. */
export const EWS_ENDS_ON = '2027-04-01'

/** `switched-off`: this tenant or mailbox has lost them already, or a policy keeps our application out. */
export const ewsEnds = ['announced', 'switched-off', 'over'] as const

export type EwsEnd = (typeof ewsEnds)[number]

/** What the end of Exchange Web Services in Exchange Online means for a mailbox now; null where it does not use them. */
export function ewsEndOf(
  { settings, trouble }: Pick<MailboxRow, 'settings' | 'trouble'>,
  now: Date,
): EwsEnd | null {
  if (settings.type !== 'exchange-online-ews') return null
  if (now >= new Date(EWS_ENDS_ON)) return 'over'
  return trouble?.kind === 'blocked-by-policy' ? 'switched-off' : 'announced'
}
