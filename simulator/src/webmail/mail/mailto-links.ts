import { parseMail } from './parse-mail.ts'
import { scanHtml } from './scan-html.ts'

/** A mailto link of a mail: its target with entities decoded and the words a person clicks. */
export type MailtoLink = { readonly href: string; readonly label: string }

/** Lists the mailto links of a raw message's HTML part, in document order; none when there is no HTML. */
export async function mailtoLinks(raw: Uint8Array): Promise<MailtoLink[]> {
  const { html = '' } = await parseMail(raw)
  const links: { href: string; label: string }[] = []
  let isInside = false
  scanHtml(html, {
    openTag({ name, attributes: { href = '' } }) {
      if (name !== 'a') return
      isInside = /^\s*mailto:/i.test(href)
      if (isInside) links.push({ href: href.trim(), label: '' })
    },
    text(text) {
      const link = links.at(-1)
      if (isInside && link !== undefined) link.label += text
    },
    closeTag(name) {
      if (name === 'a') isInside = false
    },
  })
  return links.map(({ href, label }) => ({ href, label: label.replace(/\s+/g, ' ').trim() }))
}
