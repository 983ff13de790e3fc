import type { Attachment, Obstacle } from '../message.ts'
import { holdsPgpMessage, withoutCleartextSignature } from './armour.ts'
import { readCms } from './cms-content.ts'
import { decodeText } from './decode-text.ts'
import { decodeTransfer } from './decode-transfer.ts'
import { flowedText } from './flowed-text.ts'
import { type MimePart, type MimeTree, mimeTree } from './mime-tree.ts'
import { nameOf } from './part-name.ts'
import { takeUuencodedFiles } from './uuencoded-files.ts'

/** Encoded octets of all texts together: several times what a reply is read to, in any encoding. */
const mostTextOctets = 1024 * 1024
/** Signed content in signed content. */
const mostEnvelopes = 4

export interface MessageBody {
  /** What a client shows that shows no HTML; null when some of it is HTML only, or there is nothing. */
  text: string | null
  /** What a client shows that shows HTML; null when none of it is HTML. */
  html: string | null
  /** Whether they stop short of what was sent. */
  isCut: boolean
  obstacle: Obstacle | null
  /** The parts that are no text to be read. */
  files: MimePart[]
  uuencoded: Attachment[]
}

/**
 * What a message says, put together as its client shows it: texts that stand side by side follow each other, of
 * alternatives there is one without and one with HTML (RFC 2046, 5.1). Bounded whatever the tree holds.
 */
export function messageBody(tree: MimeTree): MessageBody {
  const body: Reading = {
    room: mostTextOctets,
    isCut: false,
    isSound: true,
    isEncrypted: false,
    hasTnef: false,
    envelopes: 0,
    files: [],
    uuencoded: [],
  }
  const pieces = readTree(tree, body)
  const { text, html } = joined(pieces)
  return {
    text,
    html,
    isCut: body.isCut,
    obstacle: obstacleOf(body),
    files: body.files,
    uuencoded: body.uuencoded,
  }
}

interface Reading {
  /** Encoded octets that may still be decoded. */
  room: number
  isCut: boolean
  isSound: boolean
  isEncrypted: boolean
  hasTnef: boolean
  envelopes: number
  files: MimePart[]
  uuencoded: Attachment[]
}

function obstacleOf({ isSound, isEncrypted, hasTnef }: Reading): Obstacle | null {
  if (isEncrypted) return 'encrypted'
  if (!isSound) return 'damaged'
  return hasTnef ? 'winmail' : null
}

/** Something that is shown, in one form or two. */
interface Piece {
  text: string | null
  html: string | null
}

function readTree({ root, isSound, isWhole }: MimeTree, body: Reading): Piece[] {
  if (!isSound) body.isSound = false
  if (!isWhole) body.isCut = true
  return readPart(root, body, true)
}

function readPart(part: MimePart, body: Reading, isRoot: boolean): Piece[] {
  switch (part.type.value) {
    case 'multipart/alternative':
      return readAlternatives(part, body)
    case 'multipart/related':
      return readRelated(part, body)
    case 'multipart/encrypted':
      body.isEncrypted = true
      return []
    default:
      if (part.type.value.startsWith('multipart/'))
        return part.parts.flatMap((one) => readPart(one, body, false))
      if (isText(part)) return [readText(part, body)]
      return readFile(part, body, isRoot)
  }
}

/** Several of one form are no longer one message in two forms. */
function readAlternatives({ parts }: MimePart, body: Reading): Piece[] {
  const common = parts.filter(({ type }) => !isOtherText(type.value))
  const forms = (common.length > 0 ? common : parts).map((part) => joined(readPart(part, body, false)))
  const only = (form: 'text' | 'html') => {
    const [first = null, ...others] = new Set(
      forms.map((one) => one[form]?.trimEnd() ?? '').filter((one) => one !== ''),
    )
    if (others.length > 0) body.isSound = false
    return first === null ? null : `${first}\n`
  }
  const piece = { text: only('text'), html: only('html') }
  return piece.text === null && piece.html === null ? [] : [piece]
}

/** The first part, and what belongs to it (RFC 2387): pages that it shows within itself are not read. */
function readRelated({ type, parts }: MimePart, body: Reading): Piece[] {
  const start = type.parameters.get('start')
  const [first, ...others] = parts
  if (start !== undefined && first?.id !== start && others.some(({ id }) => id === start))
    body.isSound = false
  return parts.flatMap((part) => {
    if (part === first || part.id === null || !isText(part)) return readPart(part, body, false)
    body.files.push(part)
    return []
  })
}

/** Texts that nobody reads: what programs make of them is shown in their place, or nothing. */
const unread =
  /^text\/(calendar|csv|css|directory|javascript|rfc822-headers|vcard|x-amp-html|x-vcard|xml|vnd\..*)$/

/** What came before HTML (RFC 1896), and what nobody knows: plain text, as RFC 2046, 4.1.4 has it. */
function isOtherText(type: string): boolean {
  return type.startsWith('text/') && !unread.test(type) && type !== 'text/plain' && type !== 'text/html'
}

/** Exchange gives texts that stand between attachments such names, and makes attachments of them. */
const exchangeText = /^ATT\d{5}\.(txt|html?)$/i

function isText(part: MimePart): boolean {
  const { type, disposition } = part
  const name = nameOf(part) ?? ''
  const isShown = ['', 'inline'].includes(disposition.value)
  if (isOtherText(type.value)) return isShown && name === ''
  return ['text/plain', 'text/html'].includes(type.value) && (isShown || exchangeText.test(name))
}

function readText(part: MimePart, body: Reading): Piece {
  const { octets, isSound, isWhole } = decodeTransfer(part.body, part.encoding, body.room)
  body.room -= Math.min(part.body.length, body.room)
  if (!isSound) body.isSound = false
  if (!isWhole || !part.isWhole) body.isCut = true
  const { parameters, value } = part.type
  const text = decodeText(octets, parameters.get('charset') ?? '').replaceAll('\r\n', '\n')
  if (holdsPgpMessage(text)) body.isEncrypted = true
  if (value === 'text/html') return { text: null, html: text }
  const isFlowed = parameters.get('format')?.toLowerCase() === 'flowed'
  const plain = isFlowed ? flowedText(text, parameters.get('delsp')?.toLowerCase() === 'yes') : text
  const taken = takeUuencodedFiles(withoutCleartextSignature(plain))
  for (const file of taken.files)
    body.uuencoded.push({ ...file, mimeType: 'application/octet-stream', method: null })
  return { text: taken.text.endsWith('\n') ? taken.text : `${taken.text}\n`, html: null }
}

const tnef = new Set(['application/ms-tnef', 'application/vnd.ms-tnef'])
const cms = new Set(['application/pkcs7-mime', 'application/x-pkcs7-mime'])

/** What is no text: a file, unless it is the message itself in an envelope (RFC 8551, 3). */
function readFile(part: MimePart, body: Reading, isRoot: boolean): Piece[] {
  const type = part.type.value
  const name = nameOf(part)?.toLowerCase() ?? ''
  const isCms = cms.has(type) || (isRoot && name.endsWith('.p7m'))
  if (isCms && (isRoot || name === '' || name === 'smime.p7m')) return openEnvelope(part, body)
  body.files.push(part)
  if (tnef.has(type) || name === 'winmail.dat') body.hasTnef = true
  if (type === 'application/pgp-encrypted' || type === 'application/x-microsoft-rpmsg-message')
    body.isEncrypted = true
  if (/^message(_v\d+)?\.rpmsg$/.test(name)) body.isEncrypted = true
  return []
}

function openEnvelope(part: MimePart, body: Reading): Piece[] {
  const { octets, isSound } = decodeTransfer(part.body, part.encoding, part.body.length)
  const opened = readCms(octets)
  body.files.push(part)
  body.envelopes += 1
  const isEncrypted =
    opened.kind === 'encrypted' || /enveloped/i.test(part.type.parameters.get('smime-type') ?? '')
  if (isEncrypted) body.isEncrypted = true
  else if (!isSound || opened.kind !== 'signed' || body.envelopes > mostEnvelopes) body.isSound = false
  else return readTree(mimeTree(opened.content), body)
  return []
}

/** Pieces in one: without HTML where none of them needs it, with HTML where any of them has it. */
function joined(pieces: Piece[]): Piece {
  const texts = pieces.map(({ text, html }) => (html !== null && isBlank(text ?? '') ? null : text))
  const isPlain = pieces.length > 0 && texts.every((text) => text !== null)
  const hasHtml = pieces.some(({ html }) => html !== null)
  return {
    text: isPlain ? texts.join('\n') : null,
    html: hasHtml ? pieces.map(({ text, html }) => html ?? asHtml(text ?? '')).join('\n') : null,
  }
}

function isBlank(text: string): boolean {
  return text.trim() === ''
}

function asHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<div>${escaped.replaceAll('\n', '<br>')}</div>`
}
