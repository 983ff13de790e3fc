import { escapeHtml } from './escape-html.ts'
import { type OpenTag, scanHtml } from './scan-html.ts'

/**
 * Copies an HTML document, replacing start tags. `rewrite` returns the new tag's markup, `''` to drop the tag
 * or null to leave its characters as they are.
 */
export function rewriteOpenTags(html: string, rewrite: (tag: OpenTag) => string | null): string {
  const pieces: string[] = []
  let copiedTo = 0
  scanHtml(html, {
    openTag(tag, start, end) {
      const markup = rewrite(tag)
      if (markup === null) return
      pieces.push(html.slice(copiedTo, start), markup)
      copiedTo = end
    },
  })
  return pieces.join('') + html.slice(copiedTo)
}

/** Writes a start tag. */
export function writeOpenTag({ name, attributes }: OpenTag): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(value)}"`)
  return `<${name}${written.join('')}>`
}
