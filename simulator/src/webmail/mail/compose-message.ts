import MailComposer from 'nodemailer/lib/mail-composer'
import { parseMailto } from './parse-mailto.ts'

/** Who writes, as in the From field. */
export type Author = { readonly name: string; readonly address: string }

/** A new message as typed. `to` and `cc` are address lists in RFC 5322 notation; `cc` may be empty. */
export type Draft = {
  readonly from: Author
  readonly to: string
  readonly cc: string
  readonly subject: string
  readonly text: string
  readonly date: Date
}

/** Builds a new plain text message. Returns RFC 5322 octets with CRLF line ends and a fresh Message-ID. */
export function composeMessage({ from, to, cc, subject, text, date }: Draft): Promise<Uint8Array> {
  return new MailComposer({ from: { ...from }, to, cc, subject, text, date, newline: 'win' })
    .compile()
    .build()
}

/**
 * Builds the message a mail client sends when a person clicks a mailto link and presses Send: a new message
 * with the link's fields, no In-Reply-To and no quote (RFC 6068).
 */
export function composeFromMailto({
  mailto,
  from,
  date,
}: {
  mailto: string
  from: Author
  date: Date
}): Promise<Uint8Array> {
  const { body, ...fields } = parseMailto(mailto)
  return composeMessage({ from, date, text: body, ...fields })
}
