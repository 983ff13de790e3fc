import { SaxesParser } from 'saxes'
import { qualifiedName } from './namespaces.ts'

/** An element of a request; names carry the prefixes of `namespaces`, whatever the client called them. */
export interface XmlElement {
  name: string
  /** Attributes without a namespace. */
  attributes: Record<string, string>
  children: XmlElement[]
  /** Character data directly inside, joined. */
  text: string
  /** Where its start tag ended, counted from 1. */
  line: number
  column: number
}

/** The text is no XML document that we read. */
export class NotWellFormed extends Error {}

const DEPTH_LIMIT = 64
const ELEMENT_LIMIT = 200_000

/**
 * Reads an XML document.
 * @throws NotWellFormed when it is not well-formed, holds a document type, or passes the limits.
 */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true })
  const open: XmlElement[] = []
  const chunks: string[][] = []
  let root: XmlElement | null = null
  let count = 0
  const fail = (message: string): never => {
    throw new NotWellFormed(message)
  }
  parser.on('error', (error) => fail(error.message))
  parser.on('doctype', () => fail('For security reasons DTD is prohibited in this XML document.'))
  parser.on('opentag', (tag) => {
    count += 1
    if (open.length >= DEPTH_LIMIT || count > ELEMENT_LIMIT)
      fail('The XML document is too deep or too large.')
    const element: XmlElement = {
      name: qualifiedName(tag.uri, tag.local),
      attributes: {},
      children: [],
      text: '',
      line: parser.line,
      column: parser.column,
    }
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.uri === '') element.attributes[attribute.local] = attribute.value
    }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
    chunks.push([])
  })
  parser.on('text', (chunk) => chunks.at(-1)?.push(chunk))
  parser.on('cdata', (chunk) => chunks.at(-1)?.push(chunk))
  parser.on('closetag', () => {
    const element = open.pop()
    if (element) element.text = (chunks.pop() ?? []).join('')
  })
  parser.write(text).close()
  return root ?? fail('Root element is missing.')
}

export function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name)
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return childNamed(element, name)?.children ?? []
}

/** The text of a child, trimmed, or `undefined` when there is none. */
export function childText(element: XmlElement, name: string): string | undefined {
  return childNamed(element, name)?.text.trim()
}

/** xs:boolean. */
export function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === '1'
}

/** The name without its prefix. */
export function localName(element: XmlElement): string {
  return element.name.slice(element.name.search(/[:}]/) + 1)
}
