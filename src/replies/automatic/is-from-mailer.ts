import type { ParsedMessage } from '../../mail/message.ts'

/** Those who return mail: RFC 5321 section 4.5.1, RFC 3464, and what Exchange calls itself. */
const mailers = /^(mailer-daemon|mail-?daemon|postmaster|microsoftexchange[0-9a-f]{32})@/i

/** Whether a mail server says that it wrote a message. Anybody can say so. */
export function isFromMailer({ from }: Pick<ParsedMessage, 'from'>): boolean {
  return from.some(({ address }) => mailers.test(address))
}
