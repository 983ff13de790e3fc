/** A piece of well-formed XML, made by the `xml` template only. */
export interface Xml {
  readonly xml: string
}

/** Characters that XML 1.0 cannot hold at all, not even escaped (section 2.2), and lone surrogates. */
const impossible = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/**
 * Template tag that builds XML. Text put into it is escaped for content and attribute alike, so that escaping cannot
 * be forgotten; pieces made by `xml` itself go in as they are. Pass attributes in double quotes.
 */
export function xml(pieces: TemplateStringsArray, ...values: (string | number | Xml | Xml[])[]): Xml {
  return { xml: pieces.map((piece, index) => piece + written(values[index] ?? '')).join('') }
}

function written(value: string | number | Xml | Xml[]): string {
  if (Array.isArray(value)) return value.map((part) => part.xml).join('')
  if (typeof value === 'object') return value.xml
  return String(value)
    .replace(impossible, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (character) => escapes[character] ?? character)
}
