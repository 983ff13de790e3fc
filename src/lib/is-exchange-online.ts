import { namesOfExchange } from './clouds.ts'
import type { MailboxSettings } from './mailbox-settings.ts'

/**
 * Whether Exchange Online keeps this mailbox. Only then are its marks on a message believed: it takes them off mail from
 * outside, and writes its own results above the hop at which mail came in. An Exchange Server of one's own may do the
 * first, but relays that were declared trusted make it mark mail from outside as internal (ADR 11).
 */
export function isExchangeOnline(settings: MailboxSettings): boolean {
  switch (settings.type) {
    case 'exchange-online-graph':
    case 'exchange-online-ews':
      return true
    case 'exchange-server-ews':
      return false
    case 'imap-smtp':
      return namesOfExchange(settings.imap.host) !== null
  }
}
