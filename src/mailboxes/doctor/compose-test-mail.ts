import { randomBytes } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { inBothLanguages } from '../../lib/translate.ts'
import type { Sendable } from '../../mail/mailbox.ts'

/** A mail from the mailbox to itself. */
export interface TestMail {
  /** 80 random bits in its address, subject and Message-ID, by which it is known again; nobody can know it before. */
  tag: string
  to: string
  sendable: Sendable
}

/** RFC 5321, 4.5.3.1.1. */
const LOCAL_PART_OCTETS = 64

export function newTag(): string {
  return randomBytes(10).toString('hex')
}

/** `approvals+<tag>@contoso.example`; null when its local part would be longer than one may be. */
export function plusAddress(address: string, tag: string): string | null {
  const at = address.lastIndexOf('@')
  const local = `${address.slice(0, at)}+${tag}`
  return Buffer.byteLength(local) > LOCAL_PART_OCTETS ? null : local + address.slice(at)
}

/**
 * A mail that anybody who finds it understands and no program answers (RFC 3834). Its subject is ASCII, so that the tag
 * stands in it as it is, and its Message-ID is none of an approval's: those who receive approvals leave it alone.
 */
export async function composeTestMail(mail: {
  from: { name: string; address: string }
  to: string
  tag: string
  date: Date
}): Promise<TestMail> {
  const { from, to, tag, date } = mail
  const title = inBothLanguages('doctor:mail.title')
  const text = inBothLanguages('doctor:mail.text')
  const messageId = `<doctor.${tag}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`
  const composer = new MailComposer({
    from,
    to,
    subject: `Countersign: ${title.en} / ${title.fr} [${tag}]`,
    text: `${text.en}\n\n${text.fr}\n`,
    messageId,
    date,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
    },
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { tag, to, sendable: { messageId, mime: await composer.compile().build() } }
}
