import type { Item } from '../../mail/folder.ts'
import { type MimePart, readMimePart } from './mime-part.ts'

const forms = new WeakMap<Buffer, Buffer>()
const parts = new WeakMap<Buffer, MimePart>()

/** The octets of a message as IMAP hands them out: every line ends with CRLF (RFC 3501, section 2.2). */
export function wireForm({ raw }: Item): Buffer {
  const known = forms.get(raw)
  if (known) return known
  const text = raw.toString('latin1')
  const form = /(?<!\r)\n|\r(?!\n)/.test(text)
    ? Buffer.from(text.replace(/\r\n|\r|\n/g, '\r\n'), 'latin1')
    : raw
  forms.set(raw, form)
  return form
}

/** The same, taken apart. */
export function wireParts(item: Item): MimePart {
  const form = wireForm(item)
  const known = parts.get(form) ?? readMimePart(form)
  parts.set(form, known)
  return known
}
