/**
 * Reading XML that a server sent. Elements are matched by local name: prefixes are the server's choice, and Exchange
 * does not always send the namespace that its schema promises (`m:Notification` for `t:Notification`).
 */
import { SaxesParser } from 'saxes'

export interface XmlElement {
  /** Local name. */
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  /** The character data directly inside, joined. */
  text: string
}

/** An XML text that is malformed, has a document type, or goes beyond the bounds. */
export class XmlRefused extends Error {
  override readonly name = 'XmlRefused'
}

/** EWS answers are some 15 deep. A page of 512 changes has about 10,000 elements, a batch of headers more. */
const bounds = { depth: 64, elements: 200_000 }

/**
 * Parses a document into elements, in time linear in its length. Throws `XmlRefused`. A document type is refused: SOAP
 * 1.1 section 3 forbids it, and entities are the way to blow up a parser.
 */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true })
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  let elements = 0

  parser.on('error', (error) => {
    throw new XmlRefused(error.message)
  })
  parser.on('doctype', () => {
    throw new XmlRefused('A document type is not allowed')
  })
  parser.on('opentag', (tag) => {
    elements += 1
    if (elements > bounds.elements) throw new XmlRefused(`More than ${bounds.elements} elements`)
    if (open.length > bounds.depth) throw new XmlRefused(`Elements nested deeper than ${bounds.depth}`)
    const element: XmlElement = { name: tag.local, attributes: {}, children: [], text: '' }
    for (const attribute of Object.values(tag.attributes))
      element.attributes[attribute.local] = attribute.value
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  const addText = (characters: string) => {
    const element = open.at(-1)
    if (element !== undefined) element.text += characters
  }
  parser.on('text', addText)
  parser.on('cdata', addText)

  let read = 0
  for (const { start, end } of longBase64(text)) {
    parser.write(withoutImpossibleCharacters(text.slice(read, start)))
    addText(text.slice(start, end))
    read = end
  }
  parser.write(withoutImpossibleCharacters(text.slice(read))).close()
  return root.children[0] ?? root
}

const notBase64 = /[^A-Za-z0-9+/=\n]/

/**
 * Character data that fills an element and is a mail in base64. It can hold no markup, so it goes past the parser, which
 * would look at each of its characters for half of the time that a message takes. No expression may match it as a
 * whole: V8 gives up on one that repeats some millions of times.
 */
function* longBase64(text: string): Generator<{ start: number; end: number }> {
  let tag = 0
  for (let end = text.indexOf('<'); end !== -1; end = text.indexOf('<', tag)) {
    const piece = text.slice(tag, end)
    const tagLength = piece.lastIndexOf('>') + 1
    const isLong = tagLength > 0 && piece.length - tagLength >= 1024
    if (isLong && !notBase64.test(piece.slice(tagLength))) yield { start: tag + tagLength, end }
    tag = end + 1
  }
}

/**
 * Exchange writes what a subject or header holds without regard to what XML 1.0 allows: control characters and halves
 * of surrogate pairs, raw or as `&#x1F;`. One such mail would make a whole page unreadable, so they become U+FFFD.
 */
function withoutImpossibleCharacters(text: string): string {
  return text
    .replace(/&#(?:x([0-9a-f]{1,8})|([0-9]{1,10}));/gi, (reference, hex?: string, decimal?: string) =>
      isXmlCharacter(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)) ? reference : '\ufffd',
    )
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
}

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000)
}

/** The element at the end of a path of local names, the first of each name; undefined where the path ends early. */
export function child(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  let current = element
  for (const name of path) current = current?.children.find((candidate) => candidate.name === name)
  return current
}

/** All elements of a name directly inside. */
export function children(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((candidate) => candidate.name === name) ?? []
}

/** The text at the end of a path; empty where there is none. */
export function textAt(element: XmlElement | undefined, ...path: string[]): string {
  return child(element, ...path)?.text ?? ''
}
