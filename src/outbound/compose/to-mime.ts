import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { Sendable } from '../../mail/mailbox.ts'
import type { ComposedMail } from './compose-mail.ts'

/** A file that goes along with a mail. */
export interface Enclosure {
  name: string
  /** Media type. */
  type: string
  octets: Buffer
}

/**
 * The mail as octets, ready for any adapter. The same mail, files, Message-ID and date give the same octets, so that a
 * repeat after an unknown outcome is a true copy. Throws on an address that is none: the library would repair it, and
 * a repaired address is somebody else's.
 */
export async function toMime(
  mail: ComposedMail,
  envelope: { messageId: string; date: Date },
  enclosures: readonly Enclosure[] = [],
): Promise<Sendable> {
  for (const address of [mail.from.address, mail.to.address, mail.replyTo]) checkAddress(address)
  const composer = new MailComposer({
    from: mail.from,
    to: mail.to,
    replyTo: mail.replyTo,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: envelope.messageId,
    date: envelope.date,
    ...(mail.inReplyTo === null ? {} : { inReplyTo: mail.inReplyTo }),
    references: mail.references,
    headers: mail.headers,
    attachments: enclosures.map(({ name, type, octets }) => ({
      filename: name,
      contentType: type,
      contentDisposition: 'attachment',
      // Texts too: what their author wrote stays as it is, to the octet.
      contentTransferEncoding: 'base64',
      content: octets,
    })),
    baseBoundary: createHash('sha256').update(envelope.messageId).digest('hex').slice(0, 16),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { messageId: envelope.messageId, mime: await composer.compile().build() }
}

/** A dot-atom address (RFC 5322, 3.4.1); quoted local parts do not exist in Exchange. */
function checkAddress(address: string): void {
  if (!/^[^\s\p{Cc}"(),:;<>@[\\\]]{1,64}@[^\s\p{Cc}"(),:;<>@[\\\]]{1,253}$/u.test(address))
    throw new Error(`Not an address: ${address}`)
}
