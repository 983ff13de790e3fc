import { namesOfExchange } from './clouds.ts'
import type { MailboxSettings } from './mailbox-settings.ts'

/** What a mail server writes on a message of where it came from, as far as it is believed (ADR 11). */
export type BelievedMarks =
  /** Exchange Online's: whether it is internal, and what its authentication came to. */
  | 'all'
  /** Only that a message is internal. */
  | 'internal'
  | 'none'

/**
 * Whose marks are believed: those of Exchange Online, which takes them off mail from outside and writes its own. An
 * Exchange Server does so too unless it was told to trust a relay, so its administrator has to say so. Of any other
 * server nothing is known.
 */
export function believedMarks(settings: MailboxSettings): BelievedMarks {
  switch (settings.type) {
    case 'exchange-online-graph':
    case 'exchange-online-ews':
      return 'all'
    case 'exchange-server-ews':
      return settings.trustInternalMark ? 'internal' : 'none'
    case 'imap-smtp':
      return namesOfExchange(settings.imap.host) === null ? 'none' : 'all'
  }
}
