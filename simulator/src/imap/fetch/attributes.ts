import { writeDateTime } from '../dates.ts'
import { badArguments } from '../imap-refusal.ts'
import { type Argument, textOf } from '../parse-arguments.ts'
import type { Entry } from '../view.ts'
import { cutSection, readSection } from './body-section.ts'
import { writeBodyStructure } from './body-structure.ts'
import { writeEnvelope } from './envelope.ts'
import { wireForm, wireParts } from './wire-form.ts'

/** A message to be written, and its flags as the client has them. */
interface Subject {
  entry: Entry
  flags: string
}

/** One thing that FETCH asks of each message. */
export interface Attribute {
  /** As it stands in the answer. */
  name: string
  write(subject: Subject): (string | Buffer)[]
  /** Whether it makes a message read. */
  marksRead: boolean
}

const ATTRIBUTES_LIMIT = 100

const simple: Record<string, Attribute['write']> = {
  BODY: ({ entry }) => [writeBodyStructure(wireParts(entry.item), false)],
  BODYSTRUCTURE: ({ entry }) => [writeBodyStructure(wireParts(entry.item), true)],
  ENVELOPE: ({ entry }) => [writeEnvelope(wireParts(entry.item).fields)],
  FLAGS: ({ flags }) => [`(${flags})`],
  INTERNALDATE: ({ entry }) => [writeDateTime(entry.item.receivedAt)],
  'RFC822.SIZE': ({ entry }) => [String(wireForm(entry.item).length)],
  UID: ({ entry }) => [String(entry.uid)],
}

/** The old names of sections. */
const sections: Record<string, { section: string; marksRead: boolean }> = {
  RFC822: { section: '', marksRead: true },
  'RFC822.HEADER': { section: 'HEADER', marksRead: false },
  'RFC822.TEXT': { section: 'TEXT', marksRead: true },
}

const FAST = ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE']
const macros: Record<string, string[]> = {
  FAST,
  ALL: [...FAST, 'ENVELOPE'],
  FULL: [...FAST, 'ENVELOPE', 'BODY'],
}

/**
 * Reads what FETCH asks for: a name, a macro or a list of names.
 * @param isUid whether the answer has to name the UID in any case
 * @throws ImapRefusal BAD
 */
export function readAttributes(wanted: Argument, isUid: boolean): Attribute[] {
  const names = 'list' in wanted ? wanted.list.map(textOf) : expandMacro(textOf(wanted))
  if (names.length === 0 || names.length > ATTRIBUTES_LIMIT) throw badArguments()
  const attributes = names.map(readAttribute)
  const uid = isUid && !attributes.some(({ name }) => name === 'UID') ? [readAttribute('UID')] : []
  return [...uid, ...attributes]
}

function expandMacro(text: string): string[] {
  const name = text.toUpperCase()
  return (Object.hasOwn(macros, name) ? macros[name] : undefined) ?? [text]
}

function readAttribute(text: string): Attribute {
  const name = text.toUpperCase()
  const write = Object.hasOwn(simple, name) ? simple[name] : undefined
  if (write) return { name, write, marksRead: false }
  const old = Object.hasOwn(sections, name) ? sections[name] : undefined
  if (old) return sectionAttribute(name, old.section, null, old.marksRead)
  const [, peek, section, first, length] =
    /^BODY(\.PEEK)?\[(.*)\](?:<(\d{1,10})\.([1-9]\d{0,9})>)?$/i.exec(text) ?? []
  if (section === undefined) throw badArguments()
  const range = first === undefined ? null : { first: Number(first), length: Number(length) }
  return sectionAttribute(
    `BODY[${section}]${range ? `<${range.first}>` : ''}`,
    section,
    range,
    peek === undefined,
  )
}

function sectionAttribute(
  name: string,
  text: string,
  range: { first: number; length: number } | null,
  marksRead: boolean,
): Attribute {
  const section = readSection(text)
  return {
    name,
    marksRead,
    write({ entry }) {
      const whole = cutSection(wireParts(entry.item), section)
      if (!whole) return ['NIL']
      const octets = range ? whole.subarray(range.first, range.first + range.length) : whole
      return [`{${octets.length}}\r\n`, octets]
    },
  }
}
