import type { MailboxSettings } from './mailbox-settings.ts'

/** Worldwide, US government and China, as they are reached over IMAP. */
const imapHosts = new Set(['outlook.office365.com', 'outlook.office365.us', 'partner.outlook.cn'])

/**
 * Whether Exchange Online keeps this mailbox. Only then are its marks on a message believed: it takes them off mail from
 * outside, which no other server does.
 */
export function isExchangeOnline(settings: MailboxSettings): boolean {
  return settings.type !== 'imap-smtp' || imapHosts.has(settings.imap.host.toLowerCase())
}
