import { Parser } from 'htmlparser2'
import { escapeHtml } from './escape-html.ts'

/** A start tag as written in a document: name in lower case, attribute values with entities decoded. */
export type OpenTag = { readonly name: string; readonly attributes: Readonly<Record<string, string>> }

/**
 * Copies an HTML document, replacing start tags. `rewrite` returns the new tag's markup, `''` to drop the tag
 * or null to leave its octets as they are. One linear pass that builds no tree, so neither depth nor broken
 * nesting of a hostile mail matters.
 */
export function rewriteOpenTags(html: string, rewrite: (tag: OpenTag) => string | null): string {
  const pieces: string[] = []
  let copiedTo = 0
  const parser = new Parser({
    onopentag(name, attributes, isImplied) {
      const markup = isImplied ? null : rewrite({ name, attributes })
      if (markup === null) return
      pieces.push(html.slice(copiedTo, parser.startIndex), markup)
      copiedTo = parser.endIndex + 1
    },
  })
  parser.end(html)
  return pieces.join('') + html.slice(copiedTo)
}

/** Writes a start tag. */
export function writeOpenTag({ name, attributes }: OpenTag): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(value)}"`)
  return `<${name}${written.join('')}>`
}
