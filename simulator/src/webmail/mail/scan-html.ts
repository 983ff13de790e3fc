import { Tokenizer } from 'htmlparser2'

/** A start tag as written: name in lower case, attribute values with entities decoded, first of a name wins. */
export type OpenTag = { readonly name: string; readonly attributes: Readonly<Record<string, string>> }

/** What a scan reports, in document order. `start` and `end` are the tag's place in the document, end exclusive. */
export type HtmlVisitor = {
  readonly openTag?: (tag: OpenTag, start: number, end: number) => void
  readonly closeTag?: (name: string, start: number) => void
  /** Text with entities decoded, in pieces of any size. */
  readonly text?: (text: string) => void
}

/**
 * Reads an HTML document tag by tag. On the tokenizer rather than the parser of htmlparser2, whose stack of open
 * elements takes time with the square of the depth: a hostile mail of a megabyte would stop the simulator.
 */
export function scanHtml(html: string, { openTag, closeTag, text }: HtmlVisitor): void {
  let name = ''
  let start = 0
  let attributes: Record<string, string> = {}
  let attribute = ''
  let value = ''
  const endOpenTag = (endIndex: number) => openTag?.({ name, attributes }, start, endIndex + 1)
  const ignore = () => {}

  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname(from, to) {
        name = html.slice(from, to).toLowerCase()
        start = from - 1
        attributes = Object.create(null)
      },
      onattribname(from, to) {
        attribute = html.slice(from, to).toLowerCase()
        value = ''
      },
      onattribdata(from, to) {
        value += html.slice(from, to)
      },
      onattribentity(codePoint) {
        value += String.fromCodePoint(codePoint)
      },
      onattribend() {
        attributes[attribute] ??= value
      },
      onopentagend: endOpenTag,
      onselfclosingtag: endOpenTag,
      onclosetag(from, to) {
        closeTag?.(html.slice(from, to).toLowerCase(), from - 2)
      },
      ontext(from, to) {
        text?.(html.slice(from, to))
      },
      ontextentity(codePoint) {
        text?.(String.fromCodePoint(codePoint))
      },
      oncdata: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
      onend: ignore,
    },
  )
  tokenizer.write(html)
  tokenizer.end()
}
