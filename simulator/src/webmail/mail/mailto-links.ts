import { Parser } from 'htmlparser2'
import { parseMail } from './parse-mail.ts'

/** A mailto link of a mail: its target with entities decoded and the words a person clicks. */
export type MailtoLink = { readonly href: string; readonly label: string }

/** Lists the mailto links of a raw message's HTML part, in document order; none when there is no HTML. */
export async function mailtoLinks(raw: Uint8Array): Promise<MailtoLink[]> {
  const links: MailtoLink[] = []
  let open: { href: string; label: string } | null = null
  const parser = new Parser({
    onopentag(name, { href = '' }) {
      if (name === 'a' && /^\s*mailto:/i.test(href)) open = { href: href.trim(), label: '' }
    },
    ontext(text) {
      if (open !== null) open.label += text
    },
    onclosetag(name) {
      if (name !== 'a' || open === null) return
      links.push({ href: open.href, label: open.label.replace(/\s+/g, ' ').trim() })
      open = null
    },
  })
  parser.end((await parseMail(raw)).html ?? '')
  return links
}
