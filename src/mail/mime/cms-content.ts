/** What a CMS message (RFC 5652) turns out to be without a key and without looking at its signatures. */
export type CmsContent =
  | { kind: 'signed'; content: Buffer }
  | { kind: 'encrypted' }
  /** Broken, or neither of the two. */
  | { kind: 'unknown' }

const unknown: CmsContent = { kind: 'unknown' }

/** Object identifiers of content types, as they are encoded. */
const signedData = '2a864886f70d010702'
const encryptedTypes = new Set(['2a864886f70d010703', '2a864886f70d010706', '2a864886f70d0109100117'])

const sequence = 0x30
const octetString = 0x04
/** `[0] EXPLICIT`. */
const explicit0 = 0xa0

const maximumNesting = 16
/** Of one element; writers cut content into pieces of a kilobyte and more. */
const maximumChildren = 100_000

/** Opens a CMS message, whose lengths may be indefinite (X.690, 8.1.3.6). Never throws. */
export function readCms(octets: Buffer): CmsContent {
  const [type, content] = childrenOf(elementAt(octets, 0, 0))
  const name = type?.content.toString('hex') ?? ''
  if (encryptedTypes.has(name)) return { kind: 'encrypted' }
  if (name !== signedData || content?.tag !== explicit0) return unknown
  const encapsulated = childrenOf(childrenOf(content)[0]).find(({ tag }) => tag === sequence)
  const explicit = childrenOf(encapsulated).find(({ tag }) => tag === explicit0)
  const [string] = childrenOf(explicit)
  const signed = string === undefined ? null : octetsOf(string)
  return signed === null ? unknown : { kind: 'signed', content: signed }
}

interface Element {
  /** Without the bit that says whether it is constructed. */
  tag: number
  isConstructed: boolean
  content: Buffer
  nesting: number
  /** Where the next one begins. */
  end: number
}

/** The element at an octet; undefined where none that is whole begins there. */
function elementAt(octets: Buffer, at: number, nesting: number): Element | undefined {
  const tag = octets[at]
  const first = octets[at + 1]
  // Tags of more than one octet are in no CMS.
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || nesting > maximumNesting)
    return undefined
  const lengthOctets = first > 0x80 ? first & 0x7f : 0
  if (lengthOctets > 4 || at + 2 + lengthOctets > octets.length) return undefined
  const from = at + 2 + lengthOctets
  const isConstructed = (tag & 0x20) !== 0
  const kind = tag & ~0x20
  const element = { tag: tag === sequence || tag === explicit0 ? tag : kind, isConstructed, nesting }
  if (first === 0x80) {
    const end = endOfContents(octets, from, nesting)
    return end === null ? undefined : { ...element, content: octets.subarray(from, end), end: end + 2 }
  }
  const length = lengthOctets === 0 ? first : octets.readUIntBE(at + 2, lengthOctets)
  return from + length > octets.length
    ? undefined
    : { ...element, content: octets.subarray(from, from + length), end: from + length }
}

/** Where the two zeros stand that end an element of indefinite length. */
function endOfContents(octets: Buffer, from: number, nesting: number): number | null {
  let at = from
  for (let children = 0; octets[at] !== 0 || octets[at + 1] !== 0; children += 1) {
    const inner = children < maximumChildren ? elementAt(octets, at, nesting + 1) : undefined
    if (inner === undefined) return null
    at = inner.end
  }
  return at
}

function childrenOf(parent: Element | undefined): Element[] {
  const children: Element[] = []
  if (parent?.isConstructed !== true) return children
  for (let at = 0; at < parent.content.length; ) {
    const child = elementAt(parent.content, at, parent.nesting + 1)
    if (child === undefined || children.length === maximumChildren) return []
    children.push(child)
    at = child.end
  }
  return children
}

/** Of an octet string in one piece or in several; null when it is none. */
function octetsOf(string: Element): Buffer | null {
  if (string.tag !== octetString) return null
  if (!string.isConstructed) return string.content
  const pieces = childrenOf(string).map(octetsOf)
  return pieces.every((piece) => piece !== null) ? Buffer.concat(pieces) : null
}
